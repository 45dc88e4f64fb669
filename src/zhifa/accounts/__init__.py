"""People and how they sign in (账户)."""
