"""What does not go on paper: records with a mark of secrecy, and their names in others."""

from __future__ import annotations

from dataclasses import replace

from sanyou_desktop.desktop.lists.cells import Named
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import NOT_CONFIDENTIAL, Query
from sanyou_desktop.wording import _


def without_confidential(query: Query) -> Query:
    """Return the query without records that have a mark."""
    return replace(query, filters=(*query.filters, NOT_CONFIDENTIAL))


def public_names(ledger: Ledger, named: Named) -> Named:
    """Return the names without those of records that have a mark.

    A title would leave by the record that refers to it.
    """
    shown = {}
    for record_id, (kind, number, title) in named.records.items():
        record = ledger.get(record_id)
        is_public = record is not None and not record.confidential
        shown[record_id] = (kind, number, title) if is_public else (kind, "", _("（有密级）"))
    return replace(named, records=shown)
