// Copy: data-copy="<id>" copies that element's text and says so in the live region.
(() => {
  "use strict";
  const select = (source) => {
    const range = document.createRange();
    range.selectNodeContents(source);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    if (!source) return;
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
    } catch {
      select(source);
      return;
    }
    const live = document.getElementById("live");
    if (!live) return;
    live.textContent = button.dataset.copied || "";
    setTimeout(() => {
      live.textContent = "";
    }, 3000);
  });
})();
