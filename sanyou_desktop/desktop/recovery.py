"""Offering what was typed and not saved when the program last ended, one after the other."""

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
    """Show a banner if drafts were kept; its action opens the newest and offers the others."""

    def show(drafts: list[KeptDraft]) -> None:
        _offer(window, [draft for draft in drafts if draft.kind in KINDS])

    window.session.jobs.read(lambda ledger: ledger.drafts.all(), show, owner=window)


def _offer(window: MainWindow, drafts: list[KeptDraft]) -> None:
    if not drafts:
        return
    text = _("有 {count} 份上次没有保存的内容。").format(count=len(drafts))
    window.banner.show_message(text, "warn", action=_("查看"), run=lambda: _open(window, drafts))


def _open(window: MainWindow, drafts: list[KeptDraft]) -> None:
    kept, *others = drafts

    def find(ledger: Ledger) -> Record | None:
        return ledger.get(kept.record_id) if kept.record_id else None

    def show(base: Record | None) -> None:
        # Until it is shown, because the user may stay with what is not saved elsewhere.
        _offer(window, drafts)
        window.go(kept.kind, lambda: page().leave(lambda: recover(base)))

    def recover(base: Record | None) -> None:
        page().recover(kept, base)
        window.banner.hide()
        _offer(window, others)

    def page() -> RecordPage:
        shown = window.page(kept.kind)
        assert isinstance(shown, RecordPage)
        return shown

    window.session.jobs.read(find, show, owner=window)
