// What a person folded out stays folded out when a part of the page is drawn again.
(() => {
  "use strict";
  let open = new Map();

  const folded = (place) => [...place.querySelectorAll("details[id]")];

  document.addEventListener("htmx:beforeSwap", (event) => {
    open = new Map(folded(event.detail.target).map((box) => [box.id, box.open]));
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const [id, isOpen] of open) {
      const box = document.getElementById(id);
      if (box && isOpen) box.open = true;
    }
  });
})();
