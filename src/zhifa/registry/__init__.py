"""Bodies, appointments, officers, power items, scope matrix, settings (主体与事项)."""
