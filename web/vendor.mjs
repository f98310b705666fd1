// Copy what the pages need from npm into the tree, minified, with each licence beside it.
// Run `npm ci && npm run vendor` after changing a version in package.json, and commit the result:
// a machine that only runs Zhouqiao needs no npm.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";

const to = "../src/zhouqiao/edge/portal/static/vendor/";
const from = "node_modules/";

const copies = [
  ["maplibre-gl/dist/maplibre-gl.mjs", "maplibre-gl.mjs"],
  ["maplibre-gl/dist/maplibre-gl-worker.mjs", "maplibre-gl-worker.mjs"],
  ["htmx.org/dist/htmx.min.js", "htmx.min.js"],
];
const licences = [
  ["maplibre-gl", "LICENSE.txt"],
  ["htmx.org", "LICENSE"],
  ["echarts", "LICENSE"],
  ["echarts", "NOTICE"],
  ["zrender", "LICENSE"],
];

/** Take a file without its pointer to a source map that is not shipped. */
async function take(source, name) {
  const text = await readFile(from + source, "utf8");
  await writeFile(to + name, text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"));
}

/** ECharts, only the parts `static/js/chart.js` draws with. */
async function charts() {
  await build({
    entryPoints: ["echarts-parts.mjs"],
    outfile: to + "echarts.mjs",
    bundle: true,
    minify: true,
    format: "esm",
    legalComments: "inline",
  });
}

/** Types of what we call of them, and no more. */
async function types() {
  await writeFile(to + "maplibre-gl.d.mts", "export const Map: any;\nexport const Marker: any;\nexport function setWorkerUrl(url: string): void;\n");
  await writeFile(to + "echarts.d.mts", "export const init: any;\n");
}

async function notices() {
  const lines = ["# What is here", "", "Copied by `web/vendor.mjs`; not edited.", ""];
  for (const name of ["maplibre-gl", "htmx.org", "echarts", "zrender"]) {
    const about = JSON.parse(await readFile(`${from}${name}/package.json`, "utf8"));
    lines.push(`- ${about.name} ${about.version}, ${about.license}, ${about.homepage ?? ""}`.trim());
  }
  await writeFile(to + "README.md", lines.join("\n") + "\n");
  for (const [name, file] of licences) {
    await copyFile(`${from}${name}/${file}`, `${to}${name}.${file}`);
  }
}

await rm(to, { recursive: true, force: true });
await mkdir(to, { recursive: true });
for (const [source, name] of copies) await take(source, name);
await charts();
await types();
await copyFile(from + "axe-core/axe.min.js", "../tests/browser/gallery/axe.min.js"); // for the gallery test only, MPL-2.0
await notices();
