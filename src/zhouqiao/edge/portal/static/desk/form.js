// Forms as the pack derives them: each field asked by its kind, checked here by the same bounds as
// there. A list of records with a choice and a mass is weighed kind by kind on its own screen.
/** @import { Field, FormSpec, Photo } from "./types.js" */
import { html, icon, say } from "./html.js";
import { seconds } from "./sync.js";

const NUMBERS = ["mass", "volume", "distance", "span", "money", "carbon", "count", "number", "whole"];
const UNITS = ["boat", "vehicle", "squad"]; // a text of one of these names is this unit's own

/** The field that is weighed, if this form has one. @param {FormSpec} form */
export function weighed(form) {
  return form.fields.find((f) => f.kind === "record" && f.many && f.fields?.some((g) => g.kind === "choice") && f.fields.some((g) => g.kind === "mass"));
}

/** Fields a person must be asked for: what the device knows by itself is not asked. @param {FormSpec} form */
export function asked(form) {
  return form.fields.filter((f) => !["point", "time"].includes(f.kind) && f !== weighed(form) && !isUnit(f));
}

/** Whether a field wants the name of the unit this desk is aboard. @param {Field} f */
function isUnit(f) {
  return f.kind === "text" && UNITS.includes(f.name);
}

/** @param {FormSpec} form @param {Record<string, string>} words @param {Record<string, string>} faults @param {Map<string, Photo[]>} photos */
export function drawn(form, words, faults, photos) {
  return asked(form).map((f) => f.kind === "file" ? pictures(f, words, photos.get(f.name) ?? [], faults[f.name]) : field(f, words, faults[f.name]));
}

/** How many photos a field takes. @param {Field} f */
export function often(f) {
  return f.many ? f.often ?? 100 : 1;
}

/** @param {Field} f @param {Record<string, string>} words @param {Photo[]} photos @param {string | undefined} fault */
function pictures(f, words, photos, fault) {
  const id = `f-${f.name}`;
  const seen = photos.map((p, n) => html`<li><img src="${p.url}" alt="${say("photo_n", { n: n + 1 })}" width="72" height="72"><button type="button" class="btn quiet sm" data-retake="${f.name}" data-n="${n}" aria-label="${say("photo_retake_of", { n: n + 1 })}">${say("photo_retake")}</button><button type="button" class="btn quiet sm" data-drop="${f.name}" data-n="${n}" aria-label="${say("photo_drop_of", { n: n + 1 })}">${say("photo_drop")}</button></li>`);
  const more = photos.length < often(f);
  return html`<div class="field ${fault ? "bad" : ""}"><label class="lab" for="${id}"><span>${words[f.label] ?? f.name}</span>${f.required === false ? html`<span class="faint">${say("optional")}</span>` : ""}</label>${seen.length ? html`<ul class="shots">${seen}</ul>` : ""}<input class="vh" type="file" id="${id}" data-photo="${f.name}" accept="image/*" capture="environment" tabindex="-1">${more ? html`<button type="button" class="btn wide" data-shoot="${f.name}">${icon("i-camera")}${say(photos.length ? "photo_more" : "photo_take")}</button>` : ""}${fault ? html`<span class="err">${fault}</span>` : ""}</div>`;
}

/** @param {Field} f @param {Record<string, string>} words @param {string | undefined} fault */
function field(f, words, fault) {
  const id = `f-${f.name}`;
  const label = html`<label class="lab" for="${id}"><span>${words[f.label] ?? f.name}</span>${f.required === false ? html`<span class="faint">${say("optional")}</span>` : ""}</label>`;
  const wrong = fault ? html`<span class="err" id="${id}-err">${fault}</span>` : "";
  return html`<div class="field ${fault ? "bad" : ""}">${label}${control(f, id, words)}${wrong}</div>`;
}

/** @param {Field} f @param {string} id @param {Record<string, string>} words */
function control(f, id, words) {
  if (f.kind === "choice") {
    return html`<select class="in" id="${id}" name="${f.name}">${(f.options ?? []).map((o) => html`<option value="${o}">${words[`${f.label}.${o}`] ?? o}</option>`)}</select>`;
  }
  if (f.kind === "flag") return html`<span class="in"><input type="checkbox" id="${id}" name="${f.name}"></span>`;
  if (f.kind === "date") return html`<input class="in" type="date" id="${id}" name="${f.name}">`;
  if (NUMBERS.includes(f.kind)) return html`<span class="in"><input id="${id}" name="${f.name}" inputmode="decimal" autocomplete="off"><span class="dim">${f.unit ?? ""}</span></span>`;
  if ((f.longest ?? 0) > 80) return html`<textarea class="in" id="${id}" name="${f.name}" rows="3" maxlength="${f.longest ?? ""}"></textarea>`;
  return html`<input class="in" id="${id}" name="${f.name}" maxlength="${f.longest ?? ""}" autocomplete="off">`;
}

/**
 * Read a form into a record, with what the device knows, and say each fault at its field.
 * @param {FormSpec} form @param {FormData} data
 * @param {{ point: Record<string, unknown> | null, begun: Date, unit: string, lines?: Record<string, unknown>[], photos: Map<string, Photo[]> }} known
 */
export function read(form, data, known) {
  /** @type {Record<string, unknown>} */
  const record = {};
  /** @type {Record<string, string>} */
  const faults = {};
  for (const f of form.fields) {
    if (f === weighed(form)) record[f.name] = known.lines ?? [];
    else if (isUnit(f)) { if (known.unit) record[f.name] = known.unit; }
    else if (f.kind === "file") files(f, known.photos.get(f.name) ?? [], record, faults);
    else if (f.kind === "point") point(f, known.point, record, faults);
    else if (f.kind === "time") record[f.name] = seconds(f.name === "begun" ? known.begun : new Date());
    else plain(f, String(data.get(f.name) ?? "").trim(), record, faults);
  }
  return { record, faults };
}

/** @param {Field} f @param {Photo[]} photos @param {Record<string, unknown>} record @param {Record<string, string>} faults */
function files(f, photos, record, faults) {
  const names = photos.map((p) => p.name);
  if (names.length) record[f.name] = f.many ? names : names[0];
  else if (f.required !== false) faults[f.name] = say("photo_need");
}

/** @param {Field} f @param {Record<string, unknown> | null} here @param {Record<string, unknown>} record @param {Record<string, string>} faults */
function point(f, here, record, faults) {
  if (here) record[f.name] = here;
  else if (f.required !== false) faults[f.name] = say("no_place");
}

/** @param {Field} f @param {string} value @param {Record<string, unknown>} record @param {Record<string, string>} faults */
function plain(f, value, record, faults) {
  if (f.kind === "flag") record[f.name] = value === "on";
  else if (!value) { if (f.required !== false) faults[f.name] = say("fill"); }
  else if (NUMBERS.includes(f.kind)) {
    const fault = outside(f, value);
    if (fault) faults[f.name] = fault;
    else record[f.name] = f.unit ? { [f.unit]: value } : f.kind === "whole" ? Number(value) : value;
  } else if (f.shortest && value.length < f.shortest) faults[f.name] = say("too_short", { n: f.shortest });
  else record[f.name] = value;
}

/** Why a number cannot be, or nothing. @param {Field} f @param {string} value */
export function outside(f, value) {
  if (!/^\d{1,9}(\.\d{1,4})?$/.test(value)) return say("not_number");
  if (f.least && Number(value) < Number(f.least)) return say("too_little", { n: f.least, unit: f.unit ?? "" });
  if (f.most && Number(value) > Number(f.most)) return say("too_much", { n: f.most, unit: f.unit ?? "" });
  return "";
}
