"""The procedures room (later issues)."""
