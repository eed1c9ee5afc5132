"""Commands of the apparatus room."""
