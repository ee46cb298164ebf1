// Intake, part 4: every answer is sent as it is given, and again when the line returns.
(() => {
  "use strict";
  const form = document.querySelector("[data-intake]");
  if (!form) return;
  const { fields, repliesFor, steadily, storeFor } = window.intake;
  const store = storeFor(form);
  const [busy, again, refused, timers] = [new Set(), new Set(), new Set(), new Map()];
  const questionOf = (code) => fields.question(form, code);
  const say = (question, ...words) => question && steadily(() => fields.say(question, ...words));
  const { accepted, rejected } = repliesFor(form, store, refused);

  const settle = async (code, kept, response) => {
    if (response.ok) return accepted(code, kept, await response.json());
    if (response.status === 409 || response.status === 422) return rejected(code, await response.json());
    const isSignedOut = response.type === "opaqueredirect" || response.status === 403;
    const text = isSignedOut ? form.dataset.signedOut : form.dataset.unsent;
    throw new Error(text);
  };

  const send = async (code) => {
    const kept = store.get(code);
    if (!kept) return;
    if (busy.has(code)) return void again.add(code);
    busy.add(code);
    const question = questionOf(code);
    say(question, form.dataset.saving);
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    const body = new URLSearchParams(kept.body);
    if (question) body.set(`${code}-version`, question.querySelector('[name$="-version"]').value);
    try {
      await settle(code, kept, await fetch(kept.url, { method: "POST", body, headers, keepalive: true, redirect: "manual" }));
    } catch (error) {
      const isOurs = error.message === form.dataset.signedOut;
      say(question, isOurs ? error.message : form.dataset.unsent, true);
    }
    busy.delete(code);
    if (again.delete(code)) send(code);
  };

  const keep = (question, delay) => {
    const code = question.dataset.question;
    refused.delete(code);
    store.put(code, { url: question.dataset.url, body: fields.serialize(question) });
    question.querySelector(".question__clear").hidden = !fields.isAnswered(question);
    clearTimeout(timers.get(code));
    timers.set(code, setTimeout(send, delay, code));
  };

  const changed = (delay) => (event) => {
    const question = event.target.closest("[data-question]");
    if (!question) return;
    fields.exclude(question, event.target);
    if (event.target.dataset.state === "reason") return; // Saved once the reason is written.
    keep(question, delay);
  };
  form.addEventListener("change", changed(0));
  form.addEventListener("input", (event) => {
    if (!event.target.matches("[type=radio], [type=checkbox]")) changed(900)(event);
  });

  form.addEventListener("click", (event) => {
    const question = event.target.closest("[data-question]");
    const button = event.target.closest(".question__clear, [data-keep-mine], [data-take-theirs]");
    if (!question || !button) return;
    if (button.matches("[data-take-theirs]")) return store.drop(question.dataset.question);
    event.preventDefault();
    if (button.matches(".question__clear")) fields.clear(question);
    keep(question, 0);
  });

  const resend = () => store.codes().filter((code) => !refused.has(code)).forEach(send);
  for (const code of store.codes()) {
    const question = questionOf(code);
    if (question && !question.disabled) fields.fill(question, store.get(code).body);
  }
  resend();
  window.addEventListener("online", resend);
  setInterval(resend, 15000);
})();
