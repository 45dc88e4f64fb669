"""What to publish: policy, redaction, review, packages, sending, withdrawal (公示)."""
