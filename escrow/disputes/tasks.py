"""Celery doors: this app's sweeps."""
