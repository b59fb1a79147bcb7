"""HTTP doors: each translates in, calls one command or query, and translates out."""
