// The sea, drawn from layers in this folder: nothing is fetched from outside. Depth bands are
// schematic and the legend says so; not for navigation. Marks are DOM, so that shape, word and
// colour come from the same stylesheet as everywhere else.
import { Map as Sea, Marker, setWorkerUrl } from "../vendor/maplibre-gl.mjs";

/**
 * @typedef {[number, number]} Spot
 * @typedef {{ id: string, name: string, at: Spot, heading: number, seen_at: string, knots: number | null, mine: boolean, lost: boolean }} Unit
 * @typedef {{ id: string, name: string, at: Spot, status: string, left: string, chosen: boolean }} Case
 * @typedef {{ name: string, at: Spot, kind: string }} Place
 * @typedef {{ id: string, sailed: Spot[], ahead: Spot[], chosen: boolean }} Route
 * @typedef {{ now: string, box: [number, number, number, number], you: Spot | null, units: Unit[], cases: Case[], places: Place[], routes: Route[] }} Scene
 */

const STALE = 3 * 60 * 1000;
const NAMES = 12; // at most so many in a view
const BREATH = 120; // ms in which several changes are one
const SIDES = ["right", "left"];
const MAP = "/static/map/";
// A worker belongs to the service worker of its own address: only below /desk/ is it kept for the
// day without a network.
if (location.pathname.startsWith("/desk/")) setWorkerUrl("/desk/map-worker.mjs");

/** Read the scene a page was sent with. @param {string} id @returns {Scene} */
export function sceneOf(id) {
  return JSON.parse(document.getElementById(id)?.textContent ?? "{}");
}

/** A chart of the sea with marks that move. */
export class Chart {
  /** @type {Map<string, { marker: any, unit: Unit }>} */
  #units = new Map();
  /** @type {any[]} */
  #cases = [];
  /** @type {any} */
  #mine = null;
  #began = performance.now();
  #settling = 0;
  #led = false; // somebody moved it by hand

  /**
   * @param {HTMLElement} box where to draw
   * @param {Scene} scene
   * @param {{ padding?: number | { top: number, bottom: number, left: number, right: number }, labels?: boolean, detail?: boolean, close?: boolean }} [how]
   */
  constructor(box, scene, how = {}) {
    this.scene = scene;
    this.how = how;
    this.words = box.parentElement?.dataset ?? {};
    this.detail = how.detail ?? false;
    this.map = new Sea({
      container: box,
      style: style(),
      bounds: how.close ? around(scene) : scene.box,
      fitBoundsOptions: { padding: how.padding ?? 24 },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      localIdeographFontFamily: getComputedStyle(document.body).fontFamily,
      fadeDuration: 0,
      maxZoom: 15,
      minZoom: 7,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.getCanvas().setAttribute("tabindex", "-1");
    this.ready = new Promise((done) => this.map.once("load", () => done(this)));
    this.map.once("load", () => this.routes(this.scene.routes));
    this.map.on("moveend", () => this.#settle());
    this.map.on("movestart", (/** @type {{ originalEvent?: Event }} */ event) => { this.#led ||= Boolean(event.originalEvent); });
    this.map.on("resize", () => { if (!this.#led) this.look(); });
    if (how.labels ?? true) void this.#labels();
    for (const place of scene.places) this.#place(place);
    this.cases(scene.cases);
    if (scene.you) this.you(scene.you);
    for (const unit of scene.units) this.unit(unit);
  }

  /** Draw another scene in the same place; look at it anew when another unit is in it. @param {Scene} scene */
  show(scene) {
    const known = [...this.#units.keys()];
    for (const id of known.filter((name) => !scene.units.some((u) => u.id === name))) {
      this.#units.get(id)?.marker.remove();
      this.#units.delete(id);
    }
    this.scene = scene;
    this.#began = performance.now();
    this.cases(scene.cases);
    if (this.map.getSource("routes")) this.routes(scene.routes);
    for (const unit of scene.units) this.unit(unit);
    if (scene.units.some((u) => !known.includes(u.id))) this.look();
  }

  /** Look at all that is in the scene. */
  look() {
    this.map.fitBounds(this.how.close ? around(this.scene) : this.scene.box, { padding: this.how.padding ?? 24, duration: 0 });
  }

  /** Put a unit where it is now, turned as it goes. @param {Unit} unit */
  unit(unit) {
    const known = this.#units.get(unit.id);
    const now = known ? { ...known.unit, ...unit } : unit;
    now.lost = Boolean(now.lost) || this.now() - Date.parse(now.seen_at) > STALE;
    known?.marker.remove();
    const marker = new Marker({ element: hull(now, this.words, this.detail), anchor: "center" }).setLngLat(now.at).addTo(this.map);
    this.#units.set(unit.id, { marker, unit: now });
    this.#settle();
  }

  /** The platform's time, carried on by this machine's ticking. */
  now() {
    return Date.parse(this.scene.now) + performance.now() - this.#began;
  }

  /** Put the cases anew. @param {Case[]} cases */
  cases(cases) {
    for (const old of this.#cases) old.remove();
    this.#cases = cases.map((one) => new Marker({ element: caseMark(one), anchor: "center" }).setLngLat(one.at).addTo(this.map));
    this.#settle();
  }

  /** Draw the ways: solid sailed, dotted to come, both with a casing. @param {Route[]} routes */
  routes(routes) {
    const lines = routes.flatMap((r) => [
      line(r.sailed, { kind: "sailed", chosen: r.chosen }),
      line(r.ahead, { kind: "ahead", chosen: r.chosen }),
    ]);
    this.map.getSource("routes")?.setData({ type: "FeatureCollection", features: lines.filter((l) => l.geometry.coordinates.length > 1) });
  }

  async #labels() {
    const answer = await fetch(MAP + "labels.geojson");
    const english = document.documentElement.lang === "en";
    for (const spot of (await answer.json()).features) {
      const about = spot.properties;
      const element = make("div", `mk lab ${about.kind}`);
      element.textContent = english ? about.en : about.zh;
      const marker = new Marker({ element, anchor: "center" }).setLngLat(spot.geometry.coordinates).addTo(this.map);
      const least = about.from + (this.map.getContainer().clientWidth < 700 ? 1.4 : 0);
      const show = () => element.toggleAttribute("hidden", this.map.getZoom() < least);
      this.map.on("zoom", show);
      show();
      void marker;
    }
    this.#settle();
  }

  /** Names settle once after several changes. */
  #settle() {
    window.clearTimeout(this.#settling);
    this.#settling = window.setTimeout(() => apart(this.map.getContainer()), BREATH);
  }

  /** @param {Place} place */
  #place(place) {
    const element = make("div", "mk place");
    const box = place.kind === "store";
    element.innerHTML = box
      ? '<svg width="18" height="18" viewBox="-9 -9 18 18"><rect x="-8" y="-8" width="16" height="16" rx="1" class="store"/><path d="M-4 1h8M0-4v8" class="store-i"/></svg>'
      : '<svg width="16" height="16" viewBox="-8 -8 16 16"><circle r="7" class="quay-o"/><circle r="2.5" class="quay-i"/></svg>';
    element.append(tag(place.name, "", box ? "above" : "right"));
    new Marker({ element, anchor: "center" }).setLngLat(place.at).addTo(this.map);
  }

  /** @param {Spot} spot */
  you(spot) {
    this.#mine?.remove();
    const element = make("div", "mk you");
    element.innerHTML = '<svg width="28" height="28" viewBox="-14 -14 28 28"><circle r="13" class="you-o"/><circle r="5" class="you-i"/></svg>';
    const word = make("span", "you-tag");
    word.textContent = this.words.you ?? "";
    element.append(word);
    this.#mine = new Marker({ element, anchor: "center" }).setLngLat(spot).addTo(this.map);
  }
}

/** Names stand clear of each other, of panels and of the edge, or are not said; the list beside says all. @param {HTMLElement} sea */
function apart(sea) {
  const room = sea.getBoundingClientRect();
  const panels = sea.parentElement?.parentElement?.querySelectorAll(".pop, .on, .age, .plate, .you-tag") ?? [];
  const marks = sea.querySelectorAll(".mk > svg");
  const taken = [...panels, ...marks].map((e) => ({ box: e.getBoundingClientRect(), of: e.closest(".mk") }));
  const names = [...sea.querySelectorAll(".mk .tag, .mk.lab")].filter((e) => !e.hasAttribute("hidden"));
  let said = 0;
  for (const name of names.sort((a, b) => weight(a) - weight(b))) {
    const fits = SIDES.some((side) => stands(name, side, room, taken));
    name.classList.toggle("hushed", !fits || said >= NAMES);
    if (fits) said += 1;
  }
}

/** Which name is said first: the chosen case, then cases by how bad, boats, quays, places. @param {Element} name */
function weight(name) {
  const mark = name.closest(".mk");
  const order = [".case:has(.ring)", ".case.breach", ".case.late", ".case", ".unit:not(.lost)", ".place", ".lab.sea", ".lab", ".lost"];
  return order.findIndex((css) => mark?.matches(css));
}

/** Try a name on one side of its mark; its room is taken if it stands there. @param {Element} name @param {string} side @param {DOMRect} room @param {{ box: DOMRect, of: Element | null }[]} taken */
function stands(name, side, room, taken) {
  if (SIDES.some((one) => name.classList.contains(one))) {
    name.classList.remove(...SIDES);
    name.classList.add(side);
  }
  const box = name.getBoundingClientRect();
  const inside = box.left >= room.left && box.right <= room.right && box.top >= room.top && box.bottom <= room.bottom;
  const of = name.closest(".mk");
  const clear = taken.every((t) => t.of === of || box.right <= t.box.left || box.left >= t.box.right || box.bottom <= t.box.top || box.top >= t.box.bottom);
  if (inside && clear) taken.push({ box, of: null });
  return inside && clear;
}

/** @param {Unit} unit @param {DOMStringMap} words @param {boolean} detail a large mark for the one boat meant */
function hull(unit, words, detail) {
  const element = make("div", `mk unit${unit.mine ? " mine" : ""}${unit.lost ? " lost" : ""}`);
  if (unit.lost) {
    element.innerHTML = '<svg width="20" height="20" viewBox="-10 -10 20 20"><circle r="9" class="gone"/></svg>';
  } else {
    const big = unit.mine && detail;
    element.innerHTML = `<svg width="32" height="32" viewBox="-16 -16 32 32"><g transform="rotate(${Number(unit.heading)})">${big
      ? '<path class="hull" d="M0-15c6 6 7.500 12 7.500 18 0 5-2 9-4 11h-7c-2-2-4-6-4-11 0-6 1.500-12 7.500-18z"/><path class="thwart" d="M-4 1h8M-4 5h8"/>'
      : '<path class="hull" d="M0-13c5 5 6.500 10 6.500 15 0 5-2 8-3.500 9h-6c-1.500-1-3.500-4-3.500-9 0-5 1.500-10 6.500-15z"/>'}</g></svg>`;
  }
  const east = Math.sin((unit.heading * Math.PI) / 180) > 0;
  if (detail && unit.mine && !unit.lost) element.append(plate(unit, words));
  else element.append(tag(unit.lost ? (words.lost ?? "{unit}").replace("{unit}", unit.name) : unit.name, "", unit.lost ? "left" : east ? "left" : "right"));
  return element;
}

/** @param {Unit} unit @param {DOMStringMap} words */
function plate(unit, words) {
  const element = make("span", "plate");
  const speed = unit.knots === null || unit.knots === undefined ? unit.name : (words.boat ?? "{unit}").replace("{unit}", unit.name).replace("{knots}", unit.knots.toFixed(1));
  element.textContent = speed;
  return element;
}

/** @param {Case} one */
function caseMark(one) {
  const element = make("div", `mk case ${one.status}`);
  /** @type {Record<string, string>} */
  const shapes = {
    due: '<circle r="9" class="half-o"/><path d="M0-9a9 9 0 0 1 0 18z" class="half-i"/>',
    late: '<path d="M0-11 11 9H-11z" class="tri"/>',
    breach: '<rect x="-9" y="-9" width="18" height="18" class="blk"/><path d="M0-5v6M0 4v2" class="blk-i"/>',
    unknown: '<circle r="9" class="gone"/>',
  };
  const shape = shapes[one.status] ?? '<rect x="-7" y="-7" width="14" height="14" transform="rotate(45)" class="gem"/>';
  element.innerHTML = `<svg width="36" height="36" viewBox="-18 -18 36 36">${one.chosen ? '<circle r="17" class="ring"/>' : ""}${shape}</svg>`;
  element.append(tag(one.name, one.left, "right", one.status === "ok"));
  return element;
}

/** A name beside a mark. @param {string} name @param {string} left @param {string} side @param {boolean} [below] */
function tag(name, left, side, below = false) {
  const element = make("span", `tag ${side}`);
  element.textContent = below || !left ? name : `${name} ${left}`;
  if (below && left) {
    const small = make("small", "");
    small.textContent = left;
    element.append(small);
  }
  return element;
}

/** The box of what the page is about: you, your boat, its way. @param {Scene} scene */
function around(scene) {
  const spots = [...scene.routes.flatMap((r) => [...r.sailed, ...r.ahead]), ...scene.units.map((u) => u.at), ...(scene.you ? [scene.you] : [])];
  if (spots.length < 2) return scene.box;
  const lons = spots.map((s) => s[0]);
  const lats = spots.map((s) => s[1]);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/** @param {string} kind @param {string} name */
function make(kind, name) {
  const element = document.createElement(kind);
  if (name) element.className = name;
  return element;
}

/** @param {Spot[]} spots @param {Record<string, unknown>} properties */
function line(spots, properties) {
  return { type: "Feature", properties, geometry: { type: "LineString", coordinates: spots } };
}

/** The style, in the colours of the page's theme. */
function style() {
  const css = getComputedStyle(document.documentElement);
  const c = (/** @type {string} */ name) => css.getPropertyValue(name).trim();
  const source = (/** @type {string} */ name) => ({ type: "geojson", data: `${location.origin}${MAP}${name}.geojson` });
  const empty = { type: "FeatureCollection", features: [] };
  const ways = (/** @type {string} */ kind) => ["==", ["get", "kind"], kind];
  return {
    version: 8,
    sources: { depth: source("depth"), flats: source("flats"), land: source("land"), borders: source("borders"), routes: { type: "geojson", data: empty } },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": c("--map-sea-3") } },
      { id: "depth", type: "fill", source: "depth", paint: { "fill-color": ["match", ["get", "band"], 3, c("--map-sea-2"), 2, c("--map-sea-1"), c("--map-sea-0")], "fill-antialias": true } },
      { id: "flats", type: "fill", source: "flats", paint: { "fill-color": c("--map-flat") } },
      { id: "flats-edge", type: "line", source: "flats", paint: { "line-color": c("--map-coast"), "line-width": 0.8, "line-dasharray": [2, 3] } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": ["case", ["get", "island"], c("--map-island"), c("--map-land")] } },
      { id: "coast", type: "line", source: "land", paint: { "line-color": c("--map-coast"), "line-width": 1 } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": c("--map-border"), "line-width": 1, "line-dasharray": [5, 3, 1, 3] } },
      { id: "case", type: "line", source: "routes", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": c("--map-route-case"), "line-width": 6 } },
      { id: "ahead", type: "line", source: "routes", filter: ways("ahead"), layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": c("--map-route"), "line-width": ["case", ["get", "chosen"], 2.6, 2.2], "line-opacity": ["case", ["get", "chosen"], 1, 0.75], "line-dasharray": [0.05, 2.4] } },
      { id: "sailed", type: "line", source: "routes", filter: ways("sailed"), layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": c("--map-route"), "line-width": 3.2 } },
    ],
  };
}
