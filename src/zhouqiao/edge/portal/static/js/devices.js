// My phones: which of them is this one, and setting this one up by its own key.
import { deviceKey } from "./key.js";

const form = document.getElementById("here");
if (form instanceof HTMLFormElement) void begin(form);

/** @param {HTMLFormElement} form */
async function begin(form) {
  const key = await deviceKey();
  document.querySelector(`[data-key="${key.id}"] .this`)?.removeAttribute("hidden");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    enrol(form, key).catch(() => told(form.dataset.failed ?? ""));
  });
}

/** @param {HTMLFormElement} form @param {import("./key.js").DeviceKey} key */
async function enrol(form, key) {
  const given = new FormData(form);
  const said = { id: key.id, alg: key.alg, key: key.public, label: text(given, "label"), code: text(given, "code") };
  const answer = await fetch("/api/desk/keys", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": text(given, "csrf") },
    body: JSON.stringify(said),
  });
  if (answer.ok) return location.reload();
  const { said: why } = await answer.json();
  return told(why);
}

/** @param {FormData} given @param {string} name */
function text(given, name) {
  return String(given.get(name) ?? "");
}

/** @param {string} why */
function told(why) {
  const line = document.getElementById("refused");
  if (!line) return;
  line.textContent = why;
  line.removeAttribute("hidden");
}
