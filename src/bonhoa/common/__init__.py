"""Values that every room uses."""
