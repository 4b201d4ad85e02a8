"""The window. All Qt is here; no SQL and no rule about data.

May import everything below it. ``theme`` and ``widgets`` know nothing of records, ``editors`` show
one field, ``forms`` a record, ``lists`` many, ``pages`` the rest; ``operations`` is the one way to
change anything.
"""
