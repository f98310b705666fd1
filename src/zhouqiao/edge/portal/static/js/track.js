// The citizen's map: one boat, one way, you. What the sheet says anew, the map shows anew.
import { Chart, sceneOf } from "./map.js";

const SECOND = 1000;
const LOOK = 5 * SECOND;
const box = document.querySelector("#map .canvas");
if (box instanceof HTMLElement) chart(box);

/** @param {HTMLElement} box */
function chart(box) {
  const sea = new Chart(box, sceneOf("scene"), { padding: { top: 110, bottom: 96, left: 72, right: 72 }, detail: true, close: true });
  document.addEventListener("zq:unit", (event) => {
    const unit = /** @type {CustomEvent} */ (event).detail;
    const known = sea.scene.units.find((u) => u.id === unit.id);
    if (!known) return;
    known.seen_at = unit.seen_at;
    sea.unit(unit);
  });
  document.addEventListener("zq:route", (event) => {
    const route = /** @type {CustomEvent} */ (event).detail;
    if (sea.scene.routes.some((r) => r.id === route.id)) sea.routes([{ ...route, chosen: true }]);
  });
  document.addEventListener("zq:put", (event) => {
    const pane = /** @type {CustomEvent<HTMLElement>} */ (event).detail;
    if (!pane.querySelector("#scene")) return;
    sea.show(sceneOf("scene"));
    legend(sea);
  });
  window.setInterval(() => age(sea, sea.now()), LOOK);
}

/** Only what is drawn is in the legend. @param {Chart} sea */
function legend(sea) {
  const [route] = sea.scene.routes;
  const drawn = { sailed: Boolean(route?.sailed.length), ahead: Boolean(route?.ahead.length) };
  for (const [name, is] of Object.entries(drawn)) {
    document.querySelector(`[data-drawn="${name}"]`)?.toggleAttribute("hidden", !is);
  }
}

/** How old the boat's position is, as time goes on. @param {Chart} sea @param {number} now */
function age(sea, now) {
  const said = document.getElementById("age");
  const [unit] = sea.scene.units;
  if (!said) return;
  said.hidden = !unit;
  if (!unit) return;
  const seconds = Math.max(0, Math.round((now - Date.parse(unit.seen_at)) / SECOND));
  const old = seconds < 60 ? said.dataset.seconds?.replace("{n}", String(seconds)) : said.dataset.minutes?.replace("{n}", String(Math.floor(seconds / 60)));
  said.textContent = said.dataset.said?.replace("{age}", old ?? "") ?? "";
}
