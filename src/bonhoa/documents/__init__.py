"""Reading documents: file to text, structure, citations, metadata."""

from bonhoa.documents.model import Document, Metadata
from bonhoa.documents.reading import read, read_text

__all__ = ["Document", "Metadata", "read", "read_text"]
