"""套表: the workbook that a superior unit sends, filled from the ledger with its layout untouched.

What is filled is an edit of the package's parts, as for the shared workbook: every other cell,
picture, chart and rule of the form stays as it was sent.
"""
