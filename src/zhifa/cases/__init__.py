"""Casework: intake, steps, terms, work lists, service, closing (办案)."""
