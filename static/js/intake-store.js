// Intake, part 1: answers not sent yet, kept on this device per person and assessment.
window.intake = window.intake || {};
(() => {
  "use strict";
  const attempt = (action) => {
    try {
      return action();
    } catch {
      return null; // Private mode or a full disk: saving at once still works.
    }
  };

  window.intake.storeFor = (form) => {
    const prefix = `riskbase-intake:${form.dataset.person}:${form.dataset.intake}:`;
    const memory = new Map();
    const get = (code) => {
      const text = attempt(() => localStorage.getItem(prefix + code));
      return text ? JSON.parse(text) : memory.get(code) || null;
    };
    const drop = (code) => {
      memory.delete(code);
      attempt(() => localStorage.removeItem(prefix + code));
    };
    return {
      get,
      drop,
      put(code, kept) {
        memory.set(code, kept);
        attempt(() => localStorage.setItem(prefix + code, JSON.stringify(kept)));
      },
      // Dropped only if nothing newer was written while it traveled.
      dropIfSame(code, body) {
        if (get(code)?.body === body) drop(code);
      },
      codes() {
        const keys = attempt(() => Object.keys(localStorage)) || [];
        const kept = keys.filter((key) => key.startsWith(prefix));
        return [...new Set([...memory.keys(), ...kept.map((key) => key.slice(prefix.length))])];
      },
    };
  };
})();
