"""HTTP doors of payments: the payer's pages, and the gateway's."""
