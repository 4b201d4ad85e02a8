"""Files in and out: workbooks, the shared workbook, the sample. No Qt, no SQL.

May import ``model`` and ``ledger``. Heavy libraries (XlsxWriter, lxml) are imported where a file
is written, so that neither a command nor the window pays for them at start.
"""
