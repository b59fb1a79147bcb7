/* Shows and serves the copy buttons: <button data-copy="text" hidden>. */

function reveal(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  document.getElementById("announcer").textContent = button.dataset.copied;
  const word = button.querySelector("[data-word]");
  const before = word.textContent;
  word.textContent = button.dataset.copied;
  setTimeout(() => { word.textContent = before; }, 2000);
});

reveal(document);
document.addEventListener("htmx:load", (event) => reveal(event.target.parentNode ?? document));
