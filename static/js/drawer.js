/* The filter drawer and the menus work without this; it adds Escape, a click
   outside, and focus that goes in and comes back. */

let opener = null;

function close() {
  if (!document.querySelector(".rail:target")) return;
  // An address of nothing: :target lets go, and the page does not scroll.
  location.replace("#closed");
  history.replaceState(history.state, "", location.pathname + location.search);
  opener?.focus();
  opener = null;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-drawer]");
  if (link) opener = link;
  if (event.target.closest(".rail__close")) {
    event.preventDefault();
    close();
  }
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  close();
  const menu = document.querySelector("[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

window.addEventListener("hashchange", () => {
  const rail = document.querySelector(".rail:target");
  rail?.querySelector("input, select, button, a")?.focus();
});
