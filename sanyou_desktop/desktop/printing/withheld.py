"""What does not go on paper by itself: records with a mark of secrecy, and their names."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from sanyou_desktop.desktop.lists.cells import Named
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import NOT_CONFIDENTIAL, Query
from sanyou_desktop.wording import _


def may_print(parent: QWidget, session: Session, marked: int) -> bool:
    """Ask before so many records with a mark of secrecy go on paper; nothing without any."""
    if not marked:
        return True
    question = _("将打印 {count} 条有密级的记录，纸张和文件请按密级保管。确定打印吗？")
    return session.ask.confirm(parent, question.format(count=f"{marked:,}"), _("打印有密级的记录"))


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
