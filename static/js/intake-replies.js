// Intake, part 3: what the server answered to a saved answer, put onto the page.
window.intake = window.intake || {};
(() => {
  "use strict";
  const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  let silence;
  const announce = (text) => {
    const live = document.getElementById("live");
    if (!live || !text) return;
    live.textContent = text;
    clearTimeout(silence);
    silence = setTimeout(() => live.replaceChildren(), 6000);
  };

  window.intake.repliesFor = (form, store, refused) => {
    const { fields, steadily } = window.intake;
    const questionOf = (code) => fields.question(form, code);

    const accepted = (code, kept, reply) => {
      store.dropIfSame(code, kept.body);
      const panel = parsed(reply.panel);
      for (const box of document.querySelectorAll("#intake-panel details[data-remember]")) {
        panel.querySelector(`[data-remember="${box.dataset.remember}"]`).open = box.open;
      }
      document.getElementById("intake-panel").replaceWith(panel);
      fields.arrange(form, reply.asked);
      announce(reply.announce);
      const question = questionOf(code);
      if (!question) return;
      fields.version(question, reply.version);
      fields.say(question, reply.message);
      question.querySelector("[data-faults]").replaceChildren();
      question.querySelector("[data-carried]")?.classList.add("question__note--past");
    };

    const rejected = (code, reply) => {
      refused.add(code);
      const question = questionOf(code);
      if (!question) return;
      fields.say(question, form.dataset.unsent, true);
      announce(reply.message);
      if (!reply.conflict) return fields.fault(question, reply.message);
      fields.version(question, reply.version);
      question.querySelector("[data-faults]").replaceChildren(parsed(reply.conflict));
    };

    return {
      accepted: (...reply) => steadily(() => accepted(...reply)),
      rejected: (...reply) => steadily(() => rejected(...reply)),
    };
  };
})();
