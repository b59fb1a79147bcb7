/* A page of an order moves on when the order has: scanned or paid on a phone, closed. */
const line = document.getElementById("scan-state");
const EVERY = 2000;

async function look() {
  try {
    const response = await fetch(line.dataset.url, { cache: "no-store" });
    const { state } = await response.json();
    if (state !== line.dataset.state) {
      // Not reload(): after a refused form that would send the form again.
      location.replace(line.dataset.here);
      return;
    }
  } catch {
    // Offline for a moment: the next look will tell.
  }
  setTimeout(look, EVERY);
}

if (line) setTimeout(look, EVERY);
