// The citizen's map: one boat, one way, you.
import { Chart, sceneOf } from "./map.js";

const box = document.querySelector("#map .canvas");
if (box instanceof HTMLElement) {
  const chart = new Chart(box, sceneOf("scene"), { padding: { top: 110, bottom: 96, left: 72, right: 72 }, detail: true, close: true });
  const mine = chart.scene.units.map((u) => u.id);
  document.addEventListener("zq:unit", (event) => {
    const unit = /** @type {CustomEvent} */ (event).detail;
    if (mine.includes(unit.id)) chart.unit(unit);
  });
  document.addEventListener("zq:route", (event) => {
    const route = /** @type {CustomEvent} */ (event).detail;
    if (chart.scene.routes.some((r) => r.id === route.id)) chart.routes([{ ...route, chosen: true }]);
  });
}
