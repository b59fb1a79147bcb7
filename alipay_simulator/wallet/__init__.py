"""The buyer's wallet: what he has, what waits to be paid, and a code to scan."""
