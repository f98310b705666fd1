// Ask: steppers, the current place (taken once, when tapped), a photo made small, and what is still
// missing.
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
  document.getElementById("b-here")?.addEventListener("change", () => here(form));
  photo();
  const kinds = form.querySelectorAll('input[type="checkbox"][name="kind"]');
  if (kinds.length) {
    const need = document.getElementById("need");
    const usual = need?.textContent ?? "";
    const look = () => {
      const none = !form.querySelector('input[name="kind"]:checked');
      document.getElementById("go")?.setAttribute("aria-disabled", String(none));
      if (need) need.textContent = none ? form.dataset.none ?? "" : usual;
    };
    form.addEventListener("change", look);
    look();
  }
}

/** @param {HTMLFormElement} form */
function here(form) {
  const said = document.getElementById("here-said");
  const say = (/** @type {string | undefined} */ word) => { if (said) said.textContent = word ?? ""; };
  say(form.dataset.elsewhere);
  const put = (/** @type {string} */ id, /** @type {number} */ value) => {
    const field = document.getElementById(id);
    if (field instanceof HTMLInputElement) field.value = String(value);
  };
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    put("lon", coords.longitude);
    put("lat", coords.latitude);
    put("accuracy", coords.accuracy);
    say(`${coords.latitude.toFixed(4)}°, ${coords.longitude.toFixed(4)}° (±${Math.round(coords.accuracy)} m)`);
  }, () => say(form.dataset.noPlace), { enableHighAccuracy: true, timeout: 15000 });
}

/** A chosen photo is shown and made small before it travels; one no script can read goes as it is. */
function photo() {
  const file = document.getElementById("photo-file");
  const seen = document.getElementById("photo-seen");
  const picture = seen?.querySelector("img");
  if (!(file instanceof HTMLInputElement) || !seen || !picture) return;
  const look = () => {
    const chosen = file.files?.[0];
    URL.revokeObjectURL(picture.src);
    if (chosen) picture.src = URL.createObjectURL(chosen);
    seen.hidden = !chosen;
  };
  file.addEventListener("change", async () => {
    const taken = file.files?.[0];
    const small = taken && await shrunk(taken).catch(() => null);
    if (taken === file.files?.[0] && small) {
      const held = new DataTransfer();
      held.items.add(new File([small], "photo.jpg", { type: small.type }));
      file.files = held.files;
    }
    look();
  });
  document.getElementById("photo-off")?.addEventListener("click", () => { file.value = ""; look(); file.focus(); });
}
