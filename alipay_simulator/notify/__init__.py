"""Telling merchants what happened: the outbox, and the thread that empties it."""
