"""Bốn Hóa, the system: what is stored and shown."""
