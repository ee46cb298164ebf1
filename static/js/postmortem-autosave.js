// Autosave: sends a form[data-autosave] after each pause; what could not be sent stays on
// the device and is sent again when the line is back. Without script the Save button works.
(() => {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const PAUSE = 900;
  const RETRY = 15000;
  const address = form.dataset.autosave;
  const key = `riskbase-unsent:${address}`;
  const line = form.querySelector("[data-save-state]");
  let timer = 0;
  let sending = false;
  let again = false;

  const say = (text, bad = false) => {
    line.textContent = text;
    line.classList.toggle("save-state--error", bad);
  };

  const fields = () =>
    [...new FormData(form).entries()].filter(
      ([name]) => name !== "csrfmiddlewaretoken" && name !== "version",
    );

  const keep = () => {
    try {
      localStorage.setItem(key, JSON.stringify(fields()));
    } catch {
      // No storage: the page itself still holds the text.
    }
  };

  const forget = () => {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was stored.
    }
  };

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
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
      const reply = await fetch(address, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        redirect: "error",
      });
      const answer = await reply.json();
      if (reply.ok) {
        form.elements.version.value = answer.version;
        if (!again && answer.state === "saved") forget();
      }
      say(answer.text, !reply.ok || answer.state !== "saved");
    } catch {
      // The line is down, or the login has expired.
      say(form.dataset.unsent, true);
      later(RETRY);
    }
    sending = false;
    if (again) later(PAUSE);
  }

  const restore = () => {
    let kept;
    try {
      kept = JSON.parse(localStorage.getItem(key) || "null");
    } catch {
      kept = null;
    }
    if (!kept) return;
    for (const [name, value] of kept) {
      const field = form.elements[name];
      if (field && "value" in field) field.value = value;
    }
    say(form.dataset.restored);
    later(PAUSE);
  };

  const changed = () => {
    keep();
    later(PAUSE);
  };

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    forget();
  });
  window.addEventListener("online", () => {
    if (localStorage.getItem(key)) send();
  });
  restore();
})();
