// The fisher signs on their own phone: the pen's way, and this device's mark over the whole hand as
// the paper keeps it.
import { canonical, deviceKey, mark } from "./key.js";
import { HIGH, Pad } from "./pad.js";

const form = document.getElementById("sign");
const box = document.querySelector("[data-pad]");
if (form instanceof HTMLFormElement && box instanceof HTMLElement) begin(form, box);

/** @param {HTMLFormElement} form @param {HTMLElement} box */
function begin(form, box) {
  const need = document.getElementById("need");
  const missing = need?.textContent ?? "";
  const clear = form.querySelector("[data-clear]");
  const thumb = form.querySelector("[data-thumb]");
  const pad = new Pad(box, (path, way) => {
    put("path", path);
    put("way", way);
    document.getElementById("done")?.setAttribute("aria-disabled", String(path === ""));
    document.getElementById("done")?.classList.toggle("ready", path !== "");
    if (need) need.textContent = path ? need.dataset.ready ?? "" : missing;
    clear?.toggleAttribute("hidden", path === "");
  });
  clear?.addEventListener("click", () => pad.clear());
  if (thumb instanceof HTMLElement) pad.pressOn(thumb);
  form.addEventListener("submit", (event) => {
    if (!value("path") || value("signature")) return;
    event.preventDefault();
    seal(form).then(() => { form.removeAttribute("data-sent"); form.submit(); });
  });
}

/** @param {HTMLFormElement} form */
async function seal(form) {
  const key = await deviceKey();
  const { digest = "", role = "", person = "", name = "" } = form.dataset;
  const signed_at = `${new Date().toISOString().slice(0, 19)}Z`;
  const hand = { role, person, name, strokes: value("path"), width: 150, height: HIGH, signed_at, covers: digest, key: key.id, mark: "" };
  put("signed_at", signed_at);
  put("key_id", key.id);
  put("key", JSON.stringify({ id: key.id, alg: key.alg, key: key.public }));
  put("signature", await mark(key, `zhouqiao hand 1\n${canonical(hand)}`));
}

/** @param {string} id */
function value(id) {
  const field = document.getElementById(id);
  return field instanceof HTMLInputElement ? field.value : "";
}

/** @param {string} id @param {string} text */
function put(id, text) {
  const field = document.getElementById(id);
  if (field instanceof HTMLInputElement) field.value = text;
}
