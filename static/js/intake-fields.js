// Intake, part 2: reading, filling, opening and closing the questions on the page.
window.intake = window.intake || {};
(() => {
  "use strict";
  const fieldsOf = (question) => [...question.querySelectorAll("[name]")].filter((field) => field.type !== "submit");

  const fields = {
    question: (form, code) => form.querySelector(`[data-question="${CSS.escape(code)}"]`),

    serialize(question) {
      const body = new URLSearchParams();
      for (const field of fieldsOf(question)) {
        const isToggle = field.type === "radio" || field.type === "checkbox";
        if (!isToggle || field.checked) body.append(field.name, field.value);
      }
      return body.toString();
    },

    fill(question, text) {
      const body = new URLSearchParams(text);
      for (const field of fieldsOf(question)) {
        if (field.type === "radio" || field.type === "checkbox") {
          field.checked = body.getAll(field.name).includes(field.value);
        } else {
          field.value = body.get(field.name) ?? field.value;
        }
      }
    },

    // "Unknown" takes back an answer, and an answer takes back "Unknown".
    exclude(question, changed) {
      const isState = changed.matches("[data-state]");
      if (!changed.name.endsWith("-value") || (isState && !changed.checked)) return;
      for (const field of fieldsOf(question)) {
        if (field === changed || field.name !== changed.name) continue;
        if (field.matches("[data-state]")) field.checked = false;
        else if (isState && field.type === "checkbox") field.checked = false;
        else if (isState && field.type !== "radio") field.value = "";
      }
    },

    clear(question) {
      for (const field of fieldsOf(question)) {
        if (field.type === "radio" || field.type === "checkbox") field.checked = false;
        else if (field.name.endsWith("-value") || field.name.endsWith("-reason")) field.value = "";
      }
    },

    isAnswered(question) {
      return fieldsOf(question).some(
        (field) =>
          field.name.endsWith("-value") &&
          (field.type === "radio" || field.type === "checkbox" ? field.checked : field.value.trim()),
      );
    },

    version(question, value) {
      question.querySelector('[name$="-version"]').value = value;
    },

    // Open what is asked now; close the rest, and hide it unless it keeps an answer.
    arrange(form, asked) {
      for (const question of form.querySelectorAll("[data-question]")) {
        const isAsked = asked.includes(question.dataset.question);
        question.disabled = !isAsked;
        question.classList.toggle("question--closed", !isAsked);
        question.hidden = !isAsked && !fields.isAnswered(question);
        question.querySelector("[data-closed-note]").hidden = isAsked;
      }
    },

    say(question, text, isError = false) {
      const place = question.querySelector("[data-save-state]");
      place.textContent = text;
      place.classList.toggle("save-state--error", isError);
    },

    fault(question, message) {
      const text = document.createElement("p");
      text.className = "field__error";
      text.textContent = message;
      question.querySelector("[data-faults]").replaceChildren(text);
    },
  };
  window.intake.fields = fields;
})();
