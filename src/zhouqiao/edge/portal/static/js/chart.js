// A line chart of what happened each minute: gaps where nothing is known, never zeros; direct labels,
// no legend for two series, bars and axes from zero. The same numbers stand in the table under it.
import { init } from "../vendor/echarts.mjs";

const box = document.querySelector("[data-chart]");
if (box instanceof HTMLElement) draw(box);

/** @param {HTMLElement} box */
function draw(box) {
  const rows = /** @type {Record<string, (number | null)[]>} */ (JSON.parse(document.getElementById(box.dataset.chart ?? "")?.textContent ?? "{}"));
  const css = getComputedStyle(document.documentElement);
  const c = (/** @type {string} */ name) => css.getPropertyValue(name).trim();
  const names = Object.keys(rows);
  const long = rows[names[0] ?? ""]?.length ?? 0;
  const chart = init(box, null, { renderer: "svg" });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 40, right: 64, top: 16, bottom: 28 },
    xAxis: { type: "category", data: Array.from({ length: long }, (_, i) => i - long + 1), axisLine: { lineStyle: { color: c("--edge") } }, axisTick: { show: false }, axisLabel: { color: c("--ink-2"), interval: 9 } },
    yAxis: { type: "value", min: 0, splitLine: { lineStyle: { color: c("--c-grid") } }, axisLabel: { color: c("--ink-2") } },
    series: names.map((name, i) => ({
      name, type: "line", data: rows[name], showSymbol: false, connectNulls: false,
      lineStyle: { width: 2, type: i ? "dashed" : "solid" }, color: c(i ? "--c3" : "--c1"),
      endLabel: { show: true, formatter: "{a}", color: c("--ink"), fontSize: 13 },
    })),
  });
  new ResizeObserver(() => chart.resize()).observe(box);
}
