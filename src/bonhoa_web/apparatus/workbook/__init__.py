"""The workbook of the organisation department: rows of a file become dated records, and records rows."""
