"""三优台账: one unit's year of 三优一满意 work in one local file.

Layers, each of which may import those before it and none after it:

* ``model``: what a record is. Standard library only.
* ``ledger``: the SQLite file. All SQL is here.
* ``exchange``: workbooks and documents in and out. No Qt.
* ``desktop``: the window; ``cli``, beside it, the commands.

``wording`` and ``resources`` serve every layer.
"""

__version__ = "0.1.0"
