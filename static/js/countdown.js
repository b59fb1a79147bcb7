/* Counts a deadline down where the page already says it as text.

   <… data-countdown data-deadline="ISO" data-now="ISO">: the server's clock may
   be moved (the demo travels in time), so the page trusts data-now, not Date.
   Says 5 minutes, 1 minute and the end aloud, never every second. */

const MARKS = [300, 60, 0];

function announce(text) {
  const region = document.getElementById("announcer");
  if (region && text) region.textContent = text;
}

function clockText(seconds) {
  const pad = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = pad(seconds % 60);
  return hours ? `${hours}:${pad(minutes)}:${rest}` : `${minutes}:${rest}`;
}

function start(element) {
  element.dataset.countdown = "running";
  const ends = Date.parse(element.dataset.deadline);
  const ahead = Date.parse(element.dataset.now) - Date.now();
  const from = element.dataset.started ? Date.parse(element.dataset.started) : null;
  const clock = element.querySelector("[data-clock]");
  const ring = element.querySelector("[data-ring]");
  const left = () => Math.max(0, Math.ceil((ends - Date.now() - ahead) / 1000));
  let before = left();

  const tick = () => {
    if (!element.isConnected) return clearInterval(timer);
    const seconds = left();
    if (clock) clock.textContent = clockText(seconds);
    if (ring && from) {
      const share = (seconds * 1000) / (ends - from);
      ring.setAttribute("stroke-dasharray", `${Math.min(100, share * 100)} 100`);
    }
    element.classList.toggle("countdown--near", seconds > 0 && seconds <= 60);
    for (const mark of MARKS) {
      if (before > mark && seconds <= mark) announce(element.dataset[`say${mark}`]);
    }
    before = seconds;
    if (seconds === 0) {
      clearInterval(timer);
      element.classList.add("countdown--over");
      element.dispatchEvent(new CustomEvent("countdown:over", { bubbles: true }));
    }
  };
  const timer = setInterval(tick, 1000);
  tick();
}

function find(root) {
  for (const element of root.querySelectorAll('[data-countdown=""]')) start(element);
}

find(document);
document.addEventListener("htmx:load", (event) => find(event.target.parentNode ?? document));
