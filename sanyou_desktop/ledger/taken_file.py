"""A report workbook as a roll-up took it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TakenFile:
    """A report workbook as it was rolled up.

    Attributes:
        name: the file's name.
        unit, unit_name: whose it is, as the ledger knows the unit.
        unit_id: id of the unit's own record in its ledger: tells two ledgers apart.
        first, last: its period (EDTF), "" for open.
        version: how often the unit has reported this period, from 1 on; 0 if it does not say.
        made_at: when it was made (ISO 8601).
        manifest: the hash over all that it brings.
    """

    name: str
    unit: str
    unit_name: str
    unit_id: str
    first: str
    last: str
    version: int
    made_at: str
    manifest: str
