"""The ledger's tables: accounts, and immutable transfers between two of them."""
