/* Says it when the page that waits for a payment cannot reach us, and when it can again.

   Its question (#poll) is repeated by its own trigger; without a network it is not
   even asked, so that nothing fails in vain. */

const isQuestion = (event) => event.target?.id === "poll";

function say(isLost) {
  const notice = document.querySelector("[data-connection]");
  if (notice) notice.hidden = !isLost;
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isQuestion(event) && !navigator.onLine) {
    event.preventDefault();
    say(true);
  }
});
for (const failure of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => isQuestion(event) && say(true));
}
document.addEventListener("htmx:responseError", (event) => {
  if (!isQuestion(event)) return;
  // Not this person's any more (somebody else signed in): the whole page says so.
  if (event.detail.xhr.status === 404) location.reload();
  else say(true);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (isQuestion(event) && event.detail.successful) say(false);
});
window.addEventListener("offline", () => say(true));
