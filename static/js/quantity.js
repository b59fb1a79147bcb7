/* The plus and minus of a quantity change the number in place where their form
   asks for it (data-quantity="local": the product page). In the cart they submit. */

document.addEventListener("click", (event) => {
  const button = event.target.closest('[data-quantity="local"] .quantity__step');
  if (!button) return;
  event.preventDefault();
  const number = button.closest("[data-quantity]").querySelector("input");
  button.value === "up" ? number.stepUp() : number.stepDown();
  number.dispatchEvent(new Event("change", { bubbles: true }));
});
