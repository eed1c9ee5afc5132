"""Figures and files that people take away: xlsx, docx."""
