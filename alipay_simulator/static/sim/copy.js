// Puts a button beside every number that people carry elsewhere. Without it, one
// click or tap still marks the whole number.
"use strict";

const words = document.currentScript.dataset;

for (const number of document.querySelectorAll("[data-number]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = words.copy;
  button.setAttribute("aria-label", `${words.copy} ${number.dataset.number}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(number.textContent);
      button.textContent = words.copied;
      setTimeout(() => { button.textContent = words.copy; }, 2000);
    } catch {
      getSelection().selectAllChildren(number);
    }
  });
  number.after(button);
}
