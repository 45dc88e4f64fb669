"""Evidence items, their custody and their files (证据)."""
