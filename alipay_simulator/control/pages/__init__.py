"""The control room for people: pages over the same commands as the API."""
