"""Administrative procedures (later issues)."""
