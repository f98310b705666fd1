// Small means of drawing: text is always escaped, words come from the page.

/** @type {Record<string, string>} */
const WORDS = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

/** Markup that was escaped already. */
export class Raw {
  /** @param {string} text */
  constructor(text) { this.text = text; }
}

/** @param {TemplateStringsArray} parts @param {unknown[]} holes */
export function html(parts, ...holes) {
  return new Raw(parts.reduce((all, part, i) => all + text(holes[i - 1]) + part));
}

/** @param {unknown} value @returns {string} */
function text(value) {
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return value.map(text).join("");
  if (value === null || value === undefined || value === false) return "";
  return String(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** The sentence of a key, with its slots filled. @param {string} key @param {Record<string, unknown>} [slots] */
export function say(key, slots = {}) {
  const sentence = WORDS[key];
  if (sentence === undefined) throw new Error(`no words for desk.${key}`);
  return sentence.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name, one, many) => {
    const value = String(slots[name]);
    return one === undefined ? value : value === "1" ? one : many;
  });
}

/** @param {string} name */
export function icon(name) {
  return html`<svg class="i" aria-hidden="true"><use href="/static/icons.svg#${name}"/></svg>`;
}

/** @param {string} status @param {string} [word] */
export function chip(status, word) {
  return html`<span class="st ${status}"><svg aria-hidden="true"><use href="/static/icons.svg#s-${status}"/></svg><span>${word ?? say(`status.${status}`)}</span></span>`;
}

const CLOCK = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** @param {string | number | null} at */
export function clock(at) {
  return at === null ? "—" : CLOCK.format(typeof at === "number" ? at : Date.parse(at));
}

/** What is left until a moment. @param {string | null} due @param {number} now */
export function left(due, now) {
  if (!due) return "—";
  const minutes = Math.round((Date.parse(due) - now) / 60_000);
  const span = Math.abs(minutes) >= 1440 ? say("days", { d: Math.floor(Math.abs(minutes) / 1440) }) : Math.abs(minutes) < 60 ? say("minutes", { n: Math.abs(minutes) }) : say("hours", { h: Math.floor(Math.abs(minutes) / 60), n: Math.abs(minutes) % 60 });
  return say(minutes < 0 ? "over" : "left", { span });
}

/** A decimal as shown and sent: two places, exact. @param {number} hundredths */
export function kilos(hundredths) {
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
}
