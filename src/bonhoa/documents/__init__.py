"""Reading documents: file to text, structure, citations, metadata."""
