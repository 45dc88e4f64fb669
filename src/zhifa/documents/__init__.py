"""Document types, numbering, rendering, seals (执法文书)."""
