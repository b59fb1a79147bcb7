"""Sample texts of the style guide, one module a language."""
