"""The apparatus room."""
