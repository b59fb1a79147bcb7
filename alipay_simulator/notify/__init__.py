"""Telling merchants what happened: the outbox, and the thread that empties it."""

SUCCESS = "success"
"""The only answer that counts, with status 200; white space around it is let pass."""
