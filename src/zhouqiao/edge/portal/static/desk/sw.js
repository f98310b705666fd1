// The shell stays when the network goes. Pages and static files come from the cache at once and are
// renewed behind it; what is under /api is never kept here (the desk keeps it, encrypted).
const CACHE = "zhouqiao-desk-1";
const SHELL = [
  "/desk/", "/static/css/tokens.css", "/static/css/components.css", "/static/css/common.css", "/static/css/desk.css",
  "/static/icons.svg", "/static/mark.svg", "/static/js/app.js", "/static/js/live.js", "/static/js/key.js", "/static/js/pad.js", "/static/js/photo.js",
  "/static/js/map.js", "/static/desk/main.js", "/static/desk/html.js", "/static/desk/redraw.js", "/static/desk/form.js", "/static/desk/screens.js",
  "/static/desk/store.js", "/static/desk/photos.js", "/static/desk/sync.js", "/static/vendor/maplibre-gl.mjs", "/desk/map-worker.mjs",
  "/static/map/land.geojson", "/static/map/depth.geojson", "/static/map/flats.geojson", "/static/map/borders.geojson", "/static/map/labels.geojson",
];
const self_ = /** @type {any} */ (self);

self_.addEventListener("install", (/** @type {any} */ event) => {
  event.waitUntil(caches.open(CACHE).then((c) => c.addAll(SHELL)).then(() => self_.skipWaiting()));
});

self_.addEventListener("activate", (/** @type {any} */ event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((n) => n !== CACHE).map((n) => caches.delete(n))));
  event.waitUntil(old.then(() => self_.clients.claim()));
});

self_.addEventListener("fetch", (/** @type {any} */ event) => {
  const url = new URL(event.request.url);
  const ours = url.origin === location.origin && (url.pathname.startsWith("/static/") || url.pathname.startsWith("/desk/"));
  if (event.request.method === "GET" && ours) event.respondWith(answer(event));
});

/** @param {any} event @returns {Promise<Response>} */
async function answer(event) {
  const cache = await caches.open(CACHE);
  const page = event.request.mode === "navigate";
  const known = await cache.match(page ? "/desk/" : event.request, { ignoreSearch: page });
  const renewed = fetch(event.request).then(async (fresh) => {
    if (fresh.ok && !fresh.redirected) await cache.put(page ? "/desk/" : event.request, fresh.clone());
    return fresh;
  });
  if (!known) return renewed;
  event.waitUntil(renewed.catch(() => undefined));
  return known;
}
