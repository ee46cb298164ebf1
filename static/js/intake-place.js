// Intake, part 5: whatever a reply changes, what the reader is at stays where it is.
window.intake = window.intake || {};
(() => {
  "use strict";
  const form = document.querySelector("[data-intake]");
  if (!form) return;
  let last = null; // What the pointer or the keyboard was at last.
  for (const kind of ["pointermove", "pointerdown", "focusin", "keydown"]) {
    form.addEventListener(kind, ({ target }) => {
      if (target !== form) last = target;
    });
  }
  const isInView = (element) => {
    const box = element.getBoundingClientRect();
    return element.getClientRects().length > 0 && box.bottom > 0 && box.top < window.innerHeight;
  };
  const topOf = (element) => element.getBoundingClientRect().top;

  // The first of these that is in view before the change and still there after it counts.
  const places = () =>
    [last, last?.closest("[data-question]"), ...form.children, document.getElementById("intake-panel")?.parentElement]
      .filter((element) => element && isInView(element))
      .map((element) => [element, topOf(element)]);

  window.intake.steadily = (change) => {
    const before = places();
    change();
    const [element, top] = before.find(([element]) => element.getClientRects().length > 0) || [];
    if (element) window.scrollBy({ top: topOf(element) - top, behavior: "instant" });
  };
})();
