// Live pages. The server streams short facts; whatever says `data-live-on="<topic>"` is fetched
// again from `data-live-src` and put in place, with its focus and scroll kept. Positions are handed
// to the map as they come, by the event `zq:unit` on the document; a pane put anew by `zq:put`.

const PATIENCE = 400;
/** @type {Map<Element, number>} */
const waiting = new Map();

/**
 * Listen to the stream. Topics: `unit` (a position), and any topic with {id} or {} that a pane
 * waits for: `queue`, `figures`, `events`, `case` (matches `case:<id>`).
 * @param {string} address
 */
export function stayLive(address) {
  const stream = new EventSource(address);
  stream.addEventListener("open", () => { fresh(true); catchUp(); });
  stream.addEventListener("error", () => fresh(false));
  stream.addEventListener("unit", (event) => {
    fresh(true);
    document.dispatchEvent(new CustomEvent("zq:unit", { detail: JSON.parse(event.data) }));
  });
  for (const topic of ["queue", "figures", "events", "case", "route"]) {
    stream.addEventListener(topic, (event) => heard(topic, event.data));
  }
}

let opened = false;

/** What happened before we listened: one affair's pane at first, every pane after a gap. */
function catchUp() {
  for (const pane of document.querySelectorAll(opened ? "[data-live-on]" : '[data-live-on^="case:"]')) {
    if (pane instanceof HTMLElement) later(pane);
  }
  opened = true;
}

/** @param {string} topic @param {string} data */
function heard(topic, data) {
  fresh(true);
  const about = data ? JSON.parse(data) : {};
  if (topic === "route") document.dispatchEvent(new CustomEvent("zq:route", { detail: about }));
  const names = about.id ? [topic, `${topic}:${about.id}`] : [topic];
  for (const pane of document.querySelectorAll("[data-live-on]")) {
    if (pane instanceof HTMLElement && names.includes(pane.dataset.liveOn ?? "")) later(pane);
  }
}

/** Several facts in a breath are one fetch. @param {HTMLElement} pane */
function later(pane) {
  if (waiting.has(pane)) return;
  waiting.set(pane, window.setTimeout(() => {
    waiting.delete(pane);
    refresh(pane).catch(() => fresh(false));
  }, PATIENCE));
}

/** Fetch a pane again. @param {HTMLElement} pane */
export async function refresh(pane) {
  const from = pane.dataset.liveSrc;
  if (!from) return;
  const answer = await fetch(from, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return;
  const text = await answer.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const inner = pane.dataset.livePick ? page.querySelector(pane.dataset.livePick)?.innerHTML : text;
  if (inner === undefined || inner === pane.dataset.liveWas) return;
  pane.dataset.liveWas = inner;
  put(pane, inner);
}

/** @param {HTMLElement} pane @param {string} inner */
function put(pane, inner) {
  const place = focusPath(pane);
  const tops = [...pane.querySelectorAll("ol, .way")].map((e) => e.scrollTop);
  pane.innerHTML = inner;
  /** @type {any} */ (window).htmx?.process(pane);
  [...pane.querySelectorAll("ol, .way")].forEach((e, i) => { e.scrollTop = tops[i] ?? 0; });
  if (place) /** @type {HTMLElement | null} */ (pane.querySelector(place))?.focus();
  document.dispatchEvent(new CustomEvent("zq:put", { detail: pane }));
}

/** How to find what has the focus again, if it is in this pane. @param {HTMLElement} pane */
function focusPath(pane) {
  const now = document.activeElement;
  if (!(now instanceof HTMLElement) || !pane.contains(now)) return "";
  if (now.id) return `#${CSS.escape(now.id)}`;
  if (now.dataset.case) return `[data-case="${CSS.escape(now.dataset.case)}"]`;
  if (now.dataset.figure) return `[data-figure="${CSS.escape(now.dataset.figure)}"]`;
  const href = now.getAttribute("href");
  return href ? `[href="${CSS.escape(href)}"]` : "";
}

/** Say whether we are live, in shape and word. @param {boolean} live */
function fresh(live) {
  const chip = document.getElementById("fresh");
  if (!chip) return;
  const state = live ? "ok" : "unknown";
  const word = (live ? chip.dataset.liveWord : chip.dataset.staleWord) ?? "";
  const shown = chip.querySelector(".st");
  if (!shown || shown.classList.contains(state)) return;
  shown.className = `st ${state}`;
  shown.querySelector("use")?.setAttribute("href", `/static/icons.svg#s-${state}`);
  const said = shown.querySelector("span");
  if (said) said.textContent = word;
}
