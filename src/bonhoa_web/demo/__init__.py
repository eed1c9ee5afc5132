"""A synthetic province that tells one story end to end."""
