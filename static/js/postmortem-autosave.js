// Autosave: sends a form[data-autosave] after each pause; what could not be sent stays on
// the device and is sent again when the line is back. Without script the Save button works.
(() => {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const PAUSE = 900;
  const RETRY = 15000;
  const address = form.dataset.autosave;
  const key = `riskbase-unsent:${form.dataset.person}:${address}`;
  const line = form.querySelector("[data-save-state]");
  const version = form.elements.version;
  let timer = 0;
  let sending = false;
  let again = false;

  const say = (text, bad = false) => {
    line.textContent = text;
    line.classList.toggle("save-state--error", bad);
  };

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  };

  // The version is kept too: text that waited long must not silently win over newer text.
  const keep = () => {
    const skipped = ["csrfmiddlewaretoken", "version"];
    const fields = [...new FormData(form).entries()].filter(([name]) => !skipped.includes(name));
    try {
      localStorage.setItem(key, JSON.stringify({ version: version.value, fields }));
    } catch {
      // No storage: the page itself still holds the text.
    }
  };

  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(key) || "null");
    } catch {
      return null;
    }
  };

  async function send() {
    if (sending) {
      again = true;
      return;
    }
    sending = true;
    again = false;
    say(form.dataset.saving);
    try {
      const reply = await fetch(address, { method: "POST", body: new FormData(form), redirect: "manual" });
      const isSignedOut = reply.type === "opaqueredirect" || reply.status === 403;
      const answer = isSignedOut ? { text: form.dataset.signedOut, state: "signed-out" } : await reply.json();
      if (isSignedOut) later(RETRY);
      if (reply.ok) {
        version.value = answer.version;
        form.elements.base.value = answer.base;
      }
      if (answer.state === "saved" && !again) localStorage.removeItem(key);
      say(answer.text, answer.state !== "saved");
    } catch {
      // The line is down.
      say(form.dataset.unsent, true);
      later(RETRY);
    }
    sending = false;
    if (again) later(PAUSE);
  }

  const restore = () => {
    const waiting = kept();
    if (!waiting) return;
    for (const [name, value] of waiting.fields) {
      if (form.elements[name]) form.elements[name].value = value;
    }
    version.value = waiting.version;
    say(form.dataset.restored);
    later(PAUSE);
  };

  const changed = () => {
    keep();
    later(PAUSE);
  };

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => clearTimeout(timer));
  window.addEventListener("online", () => kept() && send());
  restore();
})();
