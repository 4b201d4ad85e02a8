"""Offering what was typed and not saved when the program last ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.ledger.drafts import KeptDraft
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.kinds import KINDS
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.desktop.main_window import MainWindow


def offer_drafts(window: MainWindow) -> None:
    """Show a banner if drafts were kept; its action opens the newest one."""

    def show(drafts: list[KeptDraft]) -> None:
        known = [draft for draft in drafts if draft.kind in KINDS]
        if known:
            text = _("有 {count} 份上次没有保存的内容。").format(count=len(known))
            window.banner.show_message(
                text, "warn", action=_("查看"), run=lambda: _open(window, known[0])
            )

    window.session.jobs.read(lambda ledger: ledger.drafts.all(), show, owner=window)


def _open(window: MainWindow, kept: KeptDraft) -> None:
    def show(base: Record | None) -> None:
        window.go(kept.kind)
        page = window.stack.currentWidget()
        if isinstance(page, RecordPage):
            page.recover(kept, base)

    def find(ledger: Ledger) -> Record | None:
        return ledger.get(kept.record_id) if kept.record_id else None

    window.session.jobs.read(find, show, owner=window)
