"""The shared workbook (共享表格) in the window."""
