"""The SQLite file of one unit's work. All SQL is here; Qt and workbooks are not.

``Ledger`` in ``ledger.py`` is the one door. May import ``model``. sqlite-utils makes and migrates
the tables; reading and saving use the standard library's sqlite3 directly, because importing
sqlite-utils costs more than opening the ledger.
"""
