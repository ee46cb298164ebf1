// Filters: a form with data-autosubmit submits itself when a choice changes.
(() => {
  "use strict";
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-autosubmit]");
    if (!form || event.target.matches("[data-autosubmit-skip]")) return;
    form.requestSubmit();
  });

  // Empty fields stay out of the address, so that filtered pages can be shared.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-autosubmit]") || form.method !== "get") return;
    const empty = [...form.elements].filter((field) => field.name && field.value === "");
    for (const field of empty) field.disabled = true;
    setTimeout(() => {
      for (const field of empty) field.disabled = false;
    });
  });
})();
