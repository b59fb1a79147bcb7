"""The demo's products, one module a category."""
