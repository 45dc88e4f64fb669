"""Legal review: queue, opinions, passes (法制审核)."""
