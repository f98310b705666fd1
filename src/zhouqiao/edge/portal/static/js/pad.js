// A signature pad: the pen's way as one SVG path in a 150 × 100 box. Clearing needs a tap, never a
// gesture; who cannot write presses a thumbprint (the same pad, held for a second).

const WIDE = 150;
export const HIGH = 100;
const NEAR = 0.8;
const HELD = 900;
export const THUMB = "M75 32c-12 0-20 9-20 20 0 7 2 12 4 17M75 38c-9 0-14 6-14 14 0 8 2 14 5 20M75 44c-5 0-8 4-8 9 0 8 3 14 6 19M75 50c-2 0-3 1-3 4 0 7 3 12 7 18M75 32c12 0 20 9 20 20 0 6-1 10-2 14M75 38c9 0 14 6 14 14 0 7-1 12-3 17M75 44c5 0 8 4 8 9 0 7 0 12-2 18";

/** One pad. Calls `changed` with the path (empty when cleared) and the way it was made. */
export class Pad {
  /** @type {string[]} */
  #strokes = [];
  #down = false;
  /** @type {[number, number]} */
  #last = [-9, -9];
  /** @type {HTMLElement | undefined} */
  #thumb;

  /** @param {HTMLElement} box @param {(path: string, way: "hand" | "thumb") => void} changed */
  constructor(box, changed) {
    this.box = box;
    this.changed = changed;
    const path = box.querySelector("svg.sig path");
    if (!(path instanceof SVGPathElement) || !path.ownerSVGElement) throw new Error("a pad has a path");
    this.path = path;
    this.svg = path.ownerSVGElement;
    box.addEventListener("pointerdown", (e) => this.#start(e));
    box.addEventListener("pointermove", (e) => this.#draw(e));
    box.addEventListener("pointerup", () => this.#lift());
    box.addEventListener("pointercancel", () => this.#lift());
    box.addEventListener("keydown", (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); this.thumb(); } });
  }

  /** Whether a pen is on it. */
  get written() { return this.#down; }

  /** Forget what was written, without a word: whoever draws the screen has wiped it. */
  forget() { this.#strokes = []; }

  /** Wipe it. */
  clear() {
    this.#strokes = [];
    this.#show("hand");
  }

  /** A thumbprint in place of writing. */
  thumb() {
    this.#strokes = [THUMB];
    this.#show("thumb");
  }

  /** Press a thumb for a second. @param {HTMLElement} key */
  pressOn(key) {
    if (this.#thumb === key) return;
    this.#thumb = key;
    /** @type {number | undefined} */
    let timer;
    key.addEventListener("pointerdown", () => { timer = window.setTimeout(() => this.thumb(), HELD); });
    for (const end of ["pointerup", "pointerleave"]) key.addEventListener(end, () => window.clearTimeout(timer));
    key.addEventListener("keydown", (e) => { if (e.key === "Enter") this.thumb(); });
  }

  /** @param {PointerEvent} event */
  #start(event) {
    this.#down = true;
    this.box.setPointerCapture(event.pointerId);
    if (this.#strokes[0] === THUMB) this.#strokes = [];
    this.#strokes.push(`M${this.#at(event)}`);
  }

  /** @param {PointerEvent} event */
  #draw(event) {
    if (!this.#down) return;
    const spot = this.#at(event);
    const [x = 0, y = 0] = spot.split(" ").map(Number);
    if (Math.hypot(x - this.#last[0], y - this.#last[1]) < NEAR) return;
    this.#last = [x, y];
    this.#strokes[this.#strokes.length - 1] += `L${spot}`;
    this.path.setAttribute("d", this.#strokes.join(""));
  }

  #lift() {
    if (!this.#down) return;
    this.#down = false;
    this.#strokes = this.#strokes.filter((s) => s.includes("L") || s === THUMB);
    this.#show("hand");
  }

  /** @param {PointerEvent} event */
  #at(event) {
    const seen = this.svg.getScreenCTM();
    if (!seen) return "0 0";
    const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(seen.inverse());
    const x = Math.min(WIDE, Math.max(0, spot.x));
    const y = Math.min(HIGH, Math.max(0, spot.y));
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  }

  /** @param {"hand" | "thumb"} way */
  #show(way) {
    const path = this.#strokes.join("");
    this.path.setAttribute("d", path);
    this.box.classList.toggle("signed", path !== "");
    this.changed(path, way);
  }
}
