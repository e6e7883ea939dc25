"""Spreadsheets and tables as text (.xlsx, .csv) → manuscripts."""
