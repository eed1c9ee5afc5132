"""Public pages (later issues)."""
