"""For whoever runs the simulator: a readable page, and a small JSON API."""
