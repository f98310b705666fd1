// Ask: steppers, the current place (taken once, when tapped) or one on the map, files shown before
// they go, photos made small, and what is still missing.
import { shrunk } from "./photo.js";

const form = document.getElementById("ask");
if (form instanceof HTMLFormElement) ask(form);

/** @param {HTMLFormElement} form */
function ask(form) {
  form.addEventListener("click", (event) => {
    const key = event.target instanceof Element ? event.target.closest("[data-step]") : null;
    const field = key ? document.getElementById(key.getAttribute("data-for") ?? "") : null;
    if (key && field instanceof HTMLInputElement) {
      field.value = String(Math.max(0, Number(field.value) + Number(key.getAttribute("data-step"))));
    }
  });
  for (const spot of form.querySelectorAll("[data-here]")) {
    spot.addEventListener("click", () => here(form, spot.getAttribute("data-here") ?? ""));
  }
  for (const pick of form.querySelectorAll("[data-map]")) onMap(form, pick.getAttribute("data-map") ?? "", pick);
  for (const file of form.querySelectorAll("input[type=file]")) {
    if (file instanceof HTMLInputElement) picture(file);
  }
  needs(form);
}

/** What must be chosen and is not yet: the button says so, and stays. @param {HTMLFormElement} form */
function needs(form) {
  const sets = [...form.querySelectorAll("fieldset[data-need]")];
  const need = document.getElementById("need");
  const usual = need?.textContent ?? "";
  const look = () => {
    const open = sets.find((set) => !set.querySelector("input:checked"));
    document.getElementById("go")?.setAttribute("aria-disabled", String(Boolean(open)));
    if (need) need.textContent = open instanceof HTMLElement ? open.dataset.need ?? "" : usual;
  };
  form.addEventListener("change", look);
  if (sets.length) look();
}

/** @param {HTMLFormElement} form @param {string} name */
function here(form, name) {
  const said = document.getElementById(`${name}-said`);
  const say = (/** @type {string | undefined} */ word) => { if (said) said.textContent = word ?? ""; };
  say(form.dataset.elsewhere);
  const put = putting(name);
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    put("lon", coords.longitude);
    put("lat", coords.latitude);
    put("accuracy", coords.accuracy);
    say(`${coords.latitude.toFixed(4)}°, ${coords.longitude.toFixed(4)}° (±${Math.round(coords.accuracy)} m)`);
  }, () => say(form.dataset.noPlace), { enableHighAccuracy: true, timeout: 15000 });
}

/** Return what keeps a part of a place. @param {string} name @returns {(part: string, value: number | string) => void} */
function putting(name) {
  return (part, value) => {
    const field = document.getElementById(`${name}-${part}`);
    if (field instanceof HTMLInputElement) field.value = String(value);
  };
}

/** A place may be tapped on a map, drawn once it is wanted. @param {HTMLFormElement} form @param {string} name @param {Element} pick */
function onMap(form, name, pick) {
  const box = document.getElementById(`${name}-chart`);
  const row = pick.closest(".pick");
  if (!box || !(row instanceof HTMLElement) || !(pick instanceof HTMLInputElement)) return;
  row.hidden = false;
  let drawn = false;
  const look = () => {
    box.hidden = !pick.checked;
    if (!pick.checked || drawn) return;
    drawn = true;
    void chart(box, name);
  };
  form.addEventListener("change", look);
  look();
}

/** @param {HTMLElement} box @param {string} name */
async function chart(box, name) {
  const { Chart } = await import("./map.js");
  const canvas = box.querySelector(".canvas");
  if (!(canvas instanceof HTMLElement)) return;
  const [west = 0, south = 0, east = 0, north = 0] = (box.dataset.box ?? "").split(",").map(Number);
  const drawn = new Chart(canvas, { now: new Date().toISOString(), box: [west, south, east, north], you: null, units: [], cases: [], places: [], routes: [] });
  const put = putting(name);
  drawn.map.on("click", (/** @type {{ lngLat: { lng: number, lat: number } }} */ { lngLat }) => {
    put("lon", lngLat.lng.toFixed(6));
    put("lat", lngLat.lat.toFixed(6));
    put("accuracy", "");
    drawn.you([lngLat.lng, lngLat.lat]);
    const said = document.getElementById(`${name}-tapped`);
    if (said) said.textContent = `${lngLat.lat.toFixed(4)}°, ${lngLat.lng.toFixed(4)}°`;
  });
}

/** A chosen photo is shown and made small before it travels; what no script can read goes as it is. @param {HTMLInputElement} file */
function picture(file) {
  const seen = file.parentElement?.querySelector("[data-seen]");
  const image = seen?.querySelector("img");
  if (!(seen instanceof HTMLElement) || !image) return;
  const look = () => {
    const chosen = file.files?.[0];
    URL.revokeObjectURL(image.src);
    if (chosen?.type.startsWith("image/")) image.src = URL.createObjectURL(chosen);
    seen.hidden = !chosen?.type.startsWith("image/");
  };
  file.addEventListener("change", async () => {
    const taken = [...(file.files ?? [])];
    const small = await Promise.all(taken.map((one) => shrunk(one).catch(() => null)));
    if (taken.length && taken[0] === file.files?.[0]) {
      const held = new DataTransfer();
      taken.forEach((one, n) => held.items.add(made(one, small[n] ?? null)));
      file.files = held.files;
    }
    look();
  });
  seen.querySelector("[data-off]")?.addEventListener("click", () => { file.value = ""; look(); file.focus(); });
}

/** @param {File} taken @param {Blob | null} small */
function made(taken, small) {
  return small ? new File([small], "photo.jpg", { type: small.type }) : taken;
}
