// The editor: a finding's line number leads to its line, and the place of the cursor is
// told below the text. Without script the number says where to look.
(() => {
  "use strict";
  const source = document.getElementById("id_source");
  if (!source) return;
  const told = document.querySelector("[data-cursor]");

  const startOf = (line) => {
    let start = 0;
    for (let left = line - 1; left > 0; left -= 1) {
      const end = source.value.indexOf("\n", start);
      if (end < 0) return start;
      start = end + 1;
    }
    return start;
  };

  const show = (line) => {
    const start = startOf(line);
    const end = source.value.indexOf("\n", start);
    source.focus();
    source.setSelectionRange(start, end < 0 ? source.value.length : end);
    const height = parseFloat(getComputedStyle(source).lineHeight);
    source.scrollTop = Math.max(0, (line - 4) * height);
    source.scrollLeft = 0;
  };

  const tell = () => {
    const before = source.value.slice(0, source.selectionStart);
    const line = before.split("\n").length;
    const column = before.length - before.lastIndexOf("\n");
    told.textContent = source.dataset.where.replace("%(line)s", line).replace("%(column)s", column);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-line]");
    if (!link) return;
    event.preventDefault();
    show(Number(link.dataset.line));
  });
  document.addEventListener("selectionchange", () => document.activeElement === source && tell());
})();
