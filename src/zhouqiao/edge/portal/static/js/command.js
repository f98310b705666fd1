// The duty screen: the map with everything on it, the chosen case, the opened figure, the clock.
import { Chart, sceneOf } from "./map.js";

const SECOND = 1000;
const box = document.querySelector("#map .canvas");
if (box instanceof HTMLElement) chart(box);
clock();

/** @param {HTMLElement} box */
function chart(box) {
  const wide = box.clientWidth > 700;
  const sea = new Chart(box, sceneOf("scene"), { padding: wide ? { top: 24, bottom: 24, left: 24, right: 24 } : 12 });
  document.addEventListener("zq:unit", (event) => sea.unit(/** @type {CustomEvent} */ (event).detail));
  document.addEventListener("zq:route", (event) => {
    const route = /** @type {CustomEvent} */ (event).detail;
    const others = sea.scene.routes.filter((r) => r.id !== route.id);
    sea.scene.routes = route.gone ? others : [...others, route];
    sea.routes(sea.scene.routes);
  });
  for (const key of document.querySelectorAll("[data-zoom]")) {
    key.addEventListener("click", () => sea.map.zoomTo(sea.map.getZoom() + Number(key.getAttribute("data-zoom"))));
  }
  const scale = () => ruler(sea);
  sea.map.on("zoom", scale);
  sea.map.once("load", scale);
  choose(sea);
}

/** Choosing a line of the queue shows its case, moves the map, and is remembered in the address. @param {Chart} sea */
function choose(sea) {
  document.addEventListener("click", (event) => {
    const line = event.target instanceof Element ? event.target.closest("[data-case]") : null;
    if (!(line instanceof HTMLElement) || !line.dataset.case) return;
    const id = line.dataset.case;
    const pane = document.getElementById("case");
    if (pane) {
      pane.dataset.liveOn = `case:${id}`;
      pane.dataset.liveSrc = `/command/cases/${encodeURIComponent(id)}`;
    }
    for (const old of document.querySelectorAll("#queue [aria-current]")) old.removeAttribute("aria-current");
    document.querySelector(`#queue [data-case="${CSS.escape(id)}"]`)?.setAttribute("aria-current", "true");
    history.replaceState(null, "", `/command?case=${encodeURIComponent(id)}`);
    sea.scene.cases = sea.scene.cases.map((c) => ({ ...c, chosen: c.id === id }));
    sea.cases(sea.scene.cases);
    const spot = sea.scene.cases.find((c) => c.id === id)?.at;
    if (spot && !sea.map.getBounds().contains(spot)) sea.map.easeTo({ center: spot, duration: 240 });
  });
}

// The opened figure takes the focus and gives it back; Esc shuts it.
/** @type {HTMLElement | null} */
let opener = null;
document.addEventListener("click", (event) => {
  const hit = event.target instanceof Element ? event.target : null;
  const figure = hit?.closest("[data-figure]");
  if (figure instanceof HTMLElement) opener = figure;
  if (hit?.closest("[data-shut]")) shut();
  const key = hit?.closest("[data-legend]");
  if (key) {
    const legend = document.getElementById("legend");
    const hidden = legend?.toggleAttribute("hidden") ?? true;
    key.setAttribute("aria-expanded", String(!hidden));
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.querySelector("#drill > section")) shut();
});
document.addEventListener("htmx:after:swap", () => {
  const name = document.querySelector("[data-drill]")?.getAttribute("data-drill");
  for (const cell of document.querySelectorAll(".figs > div")) {
    cell.classList.toggle("on", name !== undefined && cell.querySelector(`[data-figure="${name}"]`) !== null);
  }
  if (opener) document.getElementById("drill-h")?.focus();
});

function shut() {
  document.getElementById("drill")?.replaceChildren();
  for (const cell of document.querySelectorAll(".figs .on")) cell.classList.remove("on");
  const name = opener?.dataset.figure;
  /** @type {HTMLElement | null} */ (name ? document.querySelector(`[data-figure="${name}"]`) : null)?.focus();
  opener = null;
}

/** The server's time, carried on by this machine's own ticking. */
function clock() {
  const face = document.getElementById("clock");
  if (!(face instanceof HTMLTimeElement)) return;
  const ahead = Date.parse(face.dateTime) - Date.now();
  const show = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  window.setInterval(() => { face.textContent = show.format(Date.now() + ahead); }, SECOND);
}

/** A round length in kilometres and how wide it is here. @param {Chart} sea */
function ruler(sea) {
  const bar = document.getElementById("scale");
  const word = bar?.querySelector("span");
  if (!bar || !word) return;
  const centre = sea.map.getCenter();
  const east = sea.map.unproject([sea.map.project(centre).x + 100, sea.map.project(centre).y]);
  const perPixel = centre.distanceTo(east) / 100;
  const round = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50].find((km) => (km * 1000) / perPixel >= 50) ?? 100;
  bar.style.width = `${Math.round((round * 1000) / perPixel)}px`;
  word.textContent = `${round} km`;
}
