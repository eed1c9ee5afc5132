"""Bốn Hóa, the library: from the words of a directive to a plan in which every task has one owner."""

__version__ = "0.1.0"
