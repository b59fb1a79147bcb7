/* The desk's page moves on when a phone has scanned or paid. */
const line = document.getElementById("scan-state");
const EVERY = 2000;

async function look() {
  try {
    const response = await fetch(line.dataset.url, { cache: "no-store" });
    const { state } = await response.json();
    if (state !== line.dataset.state) {
      location.reload();
      return;
    }
  } catch {
    // Offline for a moment: the next look will tell.
  }
  setTimeout(look, EVERY);
}

if (line) setTimeout(look, EVERY);
