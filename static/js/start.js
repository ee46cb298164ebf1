// Start page: shows the fields of the chosen way to name a project.
(() => {
  "use strict";
  const form = document.querySelector("[data-start]");
  if (!form) return;
  const show = () => {
    const chosen = form.elements.which.value;
    for (const part of form.querySelectorAll("[data-which]")) {
      part.hidden = part.dataset.which !== chosen;
    }
  };
  form.addEventListener("change", show);
  show();
})();
