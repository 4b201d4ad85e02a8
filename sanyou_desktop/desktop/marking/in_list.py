"""密级 of all selected records: what is to be known is told once, before they are marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sanyou_desktop.desktop.dialogs.deed_dialog import show
from sanyou_desktop.desktop.lists import bulk
from sanyou_desktop.desktop.lists.bulk import BulkChange
from sanyou_desktop.desktop.marking.dialog import MarkDialog, mark_in_words
from sanyou_desktop.desktop.marking.looking import Known, known_of
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import IS_CONFIDENTIAL, Query
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.desktop.lists.record_page import RecordPage


def mark_selected(page: RecordPage, session: Session, ids: list[str], change: BulkChange) -> None:
    """Mark records, or take their marks off after a question; one action either way."""
    kind = page.kind

    def apply(ledger: Ledger, also: list[str]) -> Changes:
        return bulk.apply(ledger, kind, [*ids, *also], change)

    def run() -> None:
        session.operations.run(lambda ledger: apply(ledger, []), owner=page)

    if not change.values:
        _ask_to_take_off(page, session, kind, ids, run)
        return

    def tell(known: Known) -> None:
        if not known:
            run()
            return
        mark = mark_in_words(kind, change.values[0])
        show(MarkDialog(page, session, known, apply, asked=len(ids), mark=mark))

    def look(marked: set[str]) -> None:
        fresh = [one for one in ids if one not in marked]
        session.jobs.run(lambda _progress: known_of(session.path, fresh), tell, owner=page)

    session.jobs.read(lambda ledger: marked_among(ledger, kind, ids), look, owner=page)


def marked_among(ledger: Ledger, kind: str, ids: list[str]) -> set[str]:
    """Return those that have a mark already."""
    return set(ids) & set(ledger.ids(kind, Query(filters=(IS_CONFIDENTIAL,))))


def _ask_to_take_off(
    page: RecordPage, session: Session, kind: str, ids: list[str], run: Callable[[], None]
) -> None:
    def ask(marked: set[str]) -> None:
        question = _("将去掉 {count} 条记录的密级，此后它们会随导出、上报和打印离开。确定吗？")
        if not marked:
            session.ask.tell(page, _("所选记录都没有密级。"))
        elif session.ask.confirm(page, question.format(count=f"{len(marked):,}"), _("去掉密级")):
            run()

    session.jobs.read(lambda ledger: marked_among(ledger, kind, ids), ask, owner=page)
