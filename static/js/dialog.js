/* Turns a link to a <dialog> into a modal. Without this script the link leads to
   the same dialog, which :target shows in the page. */

for (const dialog of document.querySelectorAll("dialog[id]")) {
  for (const link of document.querySelectorAll(`a[href="#${CSS.escape(dialog.id)}"]`)) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
  }
}

document.addEventListener("click", (event) => {
  const closer = event.target.closest("[data-dialog-close]");
  if (closer) {
    const dialog = closer.closest("dialog");
    if (dialog?.open) {
      event.preventDefault();
      dialog.close();
    }
    return;
  }
  const link = event.target.closest('a[href^="#"]');
  const target = link && document.getElementById(link.hash.slice(1));
  if (target instanceof HTMLDialogElement) {
    event.preventDefault();
    target.showModal();
  } else if (event.target instanceof HTMLDialogElement) {
    event.target.close(); // a press on the backdrop
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches?.('a[role="button"]')) {
    event.preventDefault();
    event.target.click();
  }
});
