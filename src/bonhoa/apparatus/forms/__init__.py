"""The workbook that an organisation department keeps: its sheets and columns, how cells are read, how a file is."""
