// Dialogs: data-dialog-open="<id>" opens a native <dialog>; data-dialog-close closes it.
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog-open]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialogOpen);
      if (!dialog || typeof dialog.showModal !== "function") return;
      event.preventDefault();
      dialog.showModal();
      return;
    }
    if (event.target.closest("[data-dialog-close]")) {
      const dialog = event.target.closest("dialog");
      if (!dialog) return;
      event.preventDefault();
      dialog.close();
      return;
    }
    if (event.target instanceof HTMLDialogElement) event.target.close();
  });
})();
