"""The pages on which a buyer pays: at a desk, or on a phone."""
