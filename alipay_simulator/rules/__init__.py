"""What may happen to an order, a trade, and the money; no HTTP in here."""
