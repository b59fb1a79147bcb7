"""``make smoke``: one whole sale over HTTP on a throw-away stack."""
