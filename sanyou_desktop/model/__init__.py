"""What a record is: kinds, fields, drafts, problems, scores and totals.

Pure Python on the standard library: no Qt, no SQL, no spreadsheet, no file. Everything here can
be called from a script or a test without a window.
"""
