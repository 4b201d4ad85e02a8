"""Many records: the list of a kind with search, filters, columns and bulk change.

May import ``theme``, ``widgets``, ``forms`` and everything below ``desktop``. ``RecordPage`` is
what the window shows; the rest are its parts. Rows come from the ledger a page at a time, so that
a hundred thousand records behave as a hundred do.
"""
