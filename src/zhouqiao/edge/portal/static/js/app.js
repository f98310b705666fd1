// What every page may do: open and close, print, say it, know it is offline, and stay live.
// Pages work without this file; nothing here decides anything.
import { stayLive } from "./live.js";

document.addEventListener("click", (event) => {
  const hit = event.target instanceof Element ? event.target : null;
  const opener = hit?.closest("[data-open]");
  if (opener instanceof HTMLElement) dialog(opener.dataset.open ?? "")?.showModal();
  if (hit?.closest("[data-close]")) hit.closest("dialog")?.close();
  if (hit?.closest("[data-print]")) window.print();
});

// A form is sent once: its button keeps its width and words, and turns.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button instanceof HTMLButtonElement && button.getAttribute("aria-disabled") === "true") {
    event.preventDefault();
  } else if (button && event.target instanceof HTMLFormElement && event.target.method === "post") {
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "1";
    button.setAttribute("aria-busy", "true");
  }
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) form.removeAttribute("data-sent");
  for (const busy of document.querySelectorAll("[aria-busy]")) busy.removeAttribute("aria-busy");
});

const bar = document.getElementById("offline");
const tell = () => bar?.toggleAttribute("hidden", navigator.onLine);
window.addEventListener("online", tell);
window.addEventListener("offline", tell);
tell();

/** @type {HTMLElement | null} */ (document.querySelector(".refusal[role=alert]"))?.focus();

dictation();
const stream = document.querySelector('meta[name="live"]')?.getAttribute("content");
if (stream && document.querySelector("[data-live-on], [data-live-unit], #fresh")) stayLive(stream);

/** @param {string} id */
function fieldOf(id) {
  const field = document.getElementById(id);
  return field instanceof HTMLInputElement ? field : null;
}

/** @param {string} id */
function dialog(id) {
  const found = document.getElementById(id);
  return found instanceof HTMLDialogElement ? found : null;
}

/** Speak instead of typing, where the browser can listen. */
function dictation() {
  const Listener = /** @type {any} */ (window).SpeechRecognition ?? /** @type {any} */ (window).webkitSpeechRecognition;
  const key = document.querySelector("[data-say]");
  if (!Listener || !(key instanceof HTMLElement)) return;
  key.hidden = false;
  key.addEventListener("click", () => {
    const ear = new Listener();
    ear.lang = document.documentElement.lang;
    ear.onresult = (/** @type {any} */ heard) => {
      const field = fieldOf(key.dataset.say ?? "");
      if (!field) return;
      field.value = heard.results[0][0].transcript;
      field.form?.requestSubmit();
    };
    ear.start();
  });
}
