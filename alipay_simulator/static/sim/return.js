/* Count down, then go back to the shop. Without scripts the page's refresh does it. */
const line = document.getElementById("countdown");
const link = document.getElementById("return-link");

if (line && link) {
  let left = Number(line.dataset.seconds);
  const timer = setInterval(() => {
    left -= 1;
    line.textContent = line.dataset.template.replace("#", left);
    if (left <= 0) {
      clearInterval(timer);
      location.assign(link.href);
    }
  }, 1000);
}
