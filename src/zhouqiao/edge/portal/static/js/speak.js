// Read to me: what is on the screen, in its order, in the page's language.
const key = document.querySelector("[data-speak]");
if (key instanceof HTMLElement) {
  if (!("speechSynthesis" in window)) key.hidden = true;
  const word = key.querySelector("span");
  const usual = word?.textContent ?? "";
  const rest = () => { if (word) word.textContent = usual; };
  key.addEventListener("click", () => {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel();
      rest();
      return;
    }
    const voice = new SpeechSynthesisUtterance(text());
    voice.lang = document.documentElement.lang;
    voice.rate = 0.85;
    voice.onend = rest;
    speechSynthesis.speak(voice);
    if (word) word.textContent = key.dataset.speak ?? "";
  });
}

function text() {
  const parts = document.querySelectorAll("h1, main p, main legend, main label, main nav a, main .btn");
  return [...parts].filter((e) => e instanceof HTMLElement && e.offsetParent !== null).map((e) => e.textContent?.trim()).filter(Boolean).join("。");
}
