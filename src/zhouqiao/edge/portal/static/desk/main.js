// The desk: routes, taps, and the shell that stays when the network goes.
/** @import { Draft } from "./screens.js" */
/** @import { Step, Task } from "./types.js" */
import { canonical, digest } from "../js/key.js";
import { HIGH, Pad } from "../js/pad.js";
import { shrunk } from "../js/photo.js";
import { outside, read, weighed } from "./form.js";
import { html, icon, kilos, say } from "./html.js";
import { redraw } from "./redraw.js";
import { kept, list, missing, next, plain, step as stepScreen, task as taskScreen } from "./screens.js";
import { Store } from "./store.js";
import { Line, seconds } from "./sync.js";

const root = /** @type {HTMLElement} */ (document.getElementById("desk"));
const bar = /** @type {HTMLElement} */ (document.getElementById("off"));
/** @type {Map<string, Draft>} */
const drafts = new Map();
/** @type {Record<string, unknown> | null} */
let here = null;
let shown = "";
let drawnAt = "";
let typed = new FormData();
/** The pads on the screen, by the box they are written in. @type {Map<Element, Pad>} */
const pads = new Map();

const line = new Line(await Store.open(), Number(root.dataset.hours), draw);
window.addEventListener("hashchange", () => { draw(); document.getElementById("main")?.focus(); });
window.setInterval(() => { if (!location.hash || location.hash === "#/") draw(); }, 30_000);
root.addEventListener("click", tapped);
root.addEventListener("change", (event) => { if (event.target instanceof HTMLInputElement && event.target.dataset.photo) void taken(event.target); });
root.addEventListener("pointerdown", () => document.getElementById("toast")?.replaceChildren());
if ("serviceWorker" in navigator) await navigator.serviceWorker.register("/desk/sw.js", { scope: "/desk/", type: "module" });
locate();
await line.start();

/** Where we are: `#/`, `#/kept`, `#/task/<id>`, `#/task/<id>/<step>`. */
function where() {
  const [, kind, id, stepName] = location.hash.split("/");
  const task = line.tasks?.tasks.find((t) => t.id === id);
  const step = task?.steps.find((s) => s.name === stepName);
  return { kind: kind ?? "", task, step };
}

function draw() {
  banner();
  if ([...pads.values()].some((pad) => pad.written)) return; // drawn when the pen is lifted
  const { kind, task, step } = where();
  const now = Date.now();
  const page = kind === "kept" ? kept(line)
    : task && step ? stepScreen(line, task, step, draftOf(task, step))
    : task ? taskScreen(line, task, now)
    : list(line, now);
  if (page.text === shown) return;
  shown = page.text;
  if (drawnAt !== location.hash) leave();
  drawnAt = location.hash;
  const form = document.getElementById("form");
  if (form instanceof HTMLFormElement) typed = new FormData(form);
  root.querySelector("#map")?.remove();
  redraw(root, page.text);
  if (!form) refill();
  if (task && !step && task.place) void chart(task);
  for (const box of pads.keys()) if (!box.isConnected) pads.delete(box);
  if (task && step) signPads(task, step);
}

/** Another screen begins with nothing of the last. */
function leave() {
  root.replaceChildren();
  typed = new FormData();
}

/** What was typed stays typed while something else of the same step is on the screen. */
function refill() {
  for (const field of document.querySelectorAll("#form [name]")) {
    if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) field.checked = typed.getAll(field.name).includes(field.value);
    else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) field.value = String(typed.get(field.name) ?? field.value);
  }
}

function banner() {
  const n = line.queue.length;
  bar.hidden = line.online && n === 0;
  const words = line.online ? say("sending", { n }) : n ? say("offline", { n }) : say("offline_none");
  bar.innerHTML = html`${icon("i-off")}<span class="grow">${words}</span>${n ? html`<a href="#/kept">${say("look")}</a>` : ""}`.text;
}

/** @param {MouseEvent} event */
function tapped(event) {
  const hit = event.target instanceof Element ? event.target.closest("button, [data-seen]") : null;
  if (!(hit instanceof HTMLElement)) return;
  const { task, step } = where();
  if (hit.dataset.seen) void line.seen(hit.dataset.seen);
  else if (task && hit.dataset.take) void take(task, hit.dataset.take);
  else if (task && step) stepTapped(task, step, hit);
}

/** @param {Task} task @param {Step} step @param {HTMLElement} hit */
function stepTapped(task, step, hit) {
  const draft = draftOf(task, step);
  if (hit.dataset.weigh) Object.assign(draft, { typing: hit.dataset.weigh, digits: "", faults: {} });
  else if (hit.dataset.key) press(draft, hit.dataset.key);
  else if ("record" in hit.dataset) record(step, draft);
  else if (hit.dataset.wipe) draft.marks.delete(hit.dataset.wipe);
  else if (hit.dataset.later) draft.later.add(hit.dataset.later);
  else if (hit.dataset.here) draft.later.delete(hit.dataset.here);
  else if (hit.dataset.drop) dropped(draft, hit.dataset.drop, Number(hit.dataset.n));
  else if (hit.dataset.shoot) return shoot(hit.dataset.shoot, "");
  else if (hit.dataset.retake) return shoot(hit.dataset.retake, hit.dataset.n ?? "");
  else if (hit.id === "finish" && hit.getAttribute("aria-disabled") !== "true") return void finish(task, step, draft);
  else return;
  draw();
}

/** Open the camera for a field; `n` names the photo it takes the place of. @param {string} name @param {string} n */
function shoot(name, n) {
  const input = document.getElementById(`f-${name}`);
  if (!(input instanceof HTMLInputElement)) return;
  input.dataset.n = n;
  input.click();
}

/** A photo was taken: small, kept on the device, then shown. @param {HTMLInputElement} input */
async function taken(input) {
  const { task, step } = where();
  const [file, name] = [input.files?.[0], input.dataset.photo ?? ""];
  if (!task || !step || !file) return;
  const draft = draftOf(task, step);
  const small = await shrunk(file).catch(() => null);
  input.value = "";
  if (!small) { toast(say("photo_broken")); return; }
  const made = { name: await line.photos.keep(small), url: URL.createObjectURL(small) };
  const held = (draft.photos.get(name) ?? []).slice();
  const n = input.dataset.n ? Number(input.dataset.n) : held.length;
  for (const old of held.splice(n, 1, made)) URL.revokeObjectURL(old.url);
  draft.photos.set(name, held.filter((p, i) => held.findIndex((q) => q.name === p.name) === i));
  draw();
}

/** @param {Draft} draft @param {string} name @param {number} n */
function dropped(draft, name, n) {
  const held = (draft.photos.get(name) ?? []).slice();
  for (const old of held.splice(n, 1)) URL.revokeObjectURL(old.url);
  draft.photos.set(name, held);
}

/** @param {Draft} draft @param {string} key */
function press(draft, key) {
  if (key === "back") draft.digits = draft.digits.slice(0, -1);
  else if (/^\d{0,6}(\.\d{0,2})?$/.test(draft.digits + key)) draft.digits += key;
}

/** Keep a weight: exact, in hundredths of a kilogram. @param {Step} step @param {Draft} draft */
function record(step, draft) {
  const mass = step.form && weighed(step.form)?.fields?.find((f) => f.kind === "mass");
  const value = draft.digits.replace(/\.$/, "");
  const fault = mass ? outside(mass, value) : "";
  if (fault || !draft.typing) { draft.faults = { weight: fault }; return; }
  const [whole, part = ""] = value.split(".");
  draft.weights.set(draft.typing, { kg: Number(whole) * 100 + Number(part.padEnd(2, "0")), scale: "by_hand", at: seconds(new Date()) });
  toast(say("recorded", { kg: kilos(draft.weights.get(draft.typing)?.kg ?? 0) }));
  Object.assign(draft, { typing: null, digits: "", faults: {} });
  draft.marks.clear();
}

/** A step that is only a tap. @param {Task} task @param {string} name */
async function take(task, name) {
  const step = task.steps.find((s) => s.name === name);
  if (!step) return;
  if (!plain(step)) { location.hash = `#/task/${task.id}/${name}`; return; }
  const draft = draftOf(task, step);
  await finish(task, step, draft);
}

/** Everything is there: say it happened. @param {Task} task @param {Step} step @param {Draft} draft */
async function finish(task, step, draft) {
  const at = location.hash;
  const form = document.getElementById("form");
  const data = form instanceof HTMLFormElement ? new FormData(form) : new FormData();
  const scale = step.form ? weighed(step.form) : undefined;
  if (missing(step, draft, scale)) return;
  const made = step.form ? read(step.form, data, { point: here, begun: draft.begun, unit: line.tasks?.unit?.name ?? "", lines: lines(scale, draft), photos: draft.photos }) : { record: null, faults: {} };
  draft.faults = made.faults;
  if (Object.keys(made.faults).length) {
    if (plain(step) && !location.hash.endsWith(step.name)) location.hash = `#/task/${task.id}/${step.name}`;
    draw();
    return;
  }
  const record = made.record ?? {};
  const covered = Object.fromEntries(step.covers.filter((name) => name in record).map((name) => [name, record[name]]));
  const covers = await digest(canonical(covered));
  const hands = step.signers.filter((s) => draft.marks.get(s.role)).map((s) => ({ role: s.role, person: s.person, name: s.name, strokes: draft.marks.get(s.role) ?? "", width: 150, height: HIGH, signed_at: seconds(new Date()), covers }));
  await line.did(task, step.name, made.record, hands);
  drafts.delete(`${task.id}/${step.name}`);
  toast(line.online ? step.done : say("done_kept", { done: step.done }));
  if (location.hash === at) location.hash = next(line, task).length ? `#/task/${task.id}` : "#/";
  draw();
}

/** Weights as the form's list of records. @param {import("./types.js").Field | undefined} scale @param {Draft} draft */
function lines(scale, draft) {
  if (!scale?.fields) return [];
  return [...draft.weights].map(([option, weight]) => {
    /** @type {Record<string, unknown>} */
    const made = {};
    for (const f of scale.fields ?? []) {
      if (f.kind === "mass") made[f.name] = { [f.unit ?? "kg"]: kilos(weight.kg) };
      else if (f.kind === "time") made[f.name] = weight.at;
      else if (f.kind === "choice") made[f.name] = f.options?.includes(weight.scale) ? weight.scale : option;
    }
    return made;
  });
}

/** @param {Task} task @param {Step} step @returns {Draft} */
function draftOf(task, step) {
  const name = `${task.id}/${step.name}`;
  const known = drafts.get(name);
  if (known) return known;
  const made = { begun: new Date(), weights: new Map(), typing: null, digits: "", marks: new Map(), photos: new Map(), later: new Set(), faults: {} };
  drafts.set(name, made);
  return made;
}

/** @param {Task} task @param {Step} step */
function signPads(task, step) {
  const draft = draftOf(task, step);
  for (const box of root.querySelectorAll("[data-pad]")) {
    if (!(box instanceof HTMLElement) || draft.later.has(box.dataset.pad ?? "")) continue;
    const role = box.dataset.pad ?? "";
    const known = pads.get(box);
    if (known && !draft.marks.has(role)) known.forget();
    const pad = known ?? new Pad(box, (path) => {
      if (path) draft.marks.set(role, path);
      draw();
    });
    pads.set(box, pad);
    const thumb = root.querySelector(`[data-thumb="${role}"]`);
    if (thumb instanceof HTMLElement) pad.pressOn(thumb);
  }
}

/** @param {Task} task */
async function chart(task) {
  const box = root.querySelector("#map .canvas");
  if (!(box instanceof HTMLElement) || !task.place) return;
  const { Chart } = await import("../js/map.js");
  const unit = line.tasks?.unit;
  const you = /** @type {[number, number]} */ ([task.place.lon, task.place.lat]);
  const all = [you, ...task.route];
  const lons = all.map((p) => p[0]);
  const lats = all.map((p) => p[1]);
  new Chart(box, {
    now: line.tasks?.now ?? "", box: [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)], you, cases: [], places: [],
    units: unit?.at ? [{ id: unit.id, name: unit.name, at: unit.at, heading: unit.heading, seen_at: line.tasks?.now ?? "", knots: null, mine: true, lost: false }] : [],
    routes: [{ id: task.case, sailed: [], ahead: task.route, chosen: true }],
  }, { padding: 56, detail: true });
}

function locate() {
  navigator.geolocation?.watchPosition(({ coords }) => {
    const round = (/** @type {number} */ v) => Math.round(v * 1e6) / 1e6;
    here = { lon: round(coords.longitude), lat: round(coords.latitude), datum: "WGS84", accuracy: Math.round(coords.accuracy * 10) / 10 };
  }, () => { here = null; }, { enableHighAccuracy: true, maximumAge: 30_000 });
}

/** @param {string} words */
function toast(words) {
  const spot = document.getElementById("toast");
  if (!spot) return;
  spot.innerHTML = html`<div class="toast">${icon("i-check")}<span class="grow">${words}</span></div>`.text;
  window.setTimeout(() => spot.replaceChildren(), 8000);
}
