"""What is done to all selected records of a page at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sanyou_desktop.desktop.lists import bulk
from sanyou_desktop.desktop.lists.bulk import BulkChange
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes

if TYPE_CHECKING:
    from sanyou_desktop.desktop.lists.record_page import RecordPage


class Selection:
    """The selected records of a page, also those that were never on screen."""

    def __init__(self, page: RecordPage, session: Session) -> None:
        """Work for ``page``."""
        self._page, self._session = page, session

    def delete(self) -> None:
        """Move them to the recycle bin; it can be taken back."""
        if not self._session.read_only:
            self.run(lambda ledger, ids: ledger.delete(ids), self._page.list.stay_near)

    def change(self, change: BulkChange) -> None:
        """Set a field of all of them, or of none."""
        kind = self._page.kind
        if change.key == "confidential":
            from sanyou_desktop.desktop.marking.in_list import mark_selected

            self._with_ids(lambda ids: mark_selected(self._page, self._session, ids, change))
            return
        self.run(lambda ledger, ids: bulk.apply(ledger, kind, ids, change))

    def run(
        self,
        work: Callable[[Ledger, list[str]], Changes],
        done: Callable[[], None] = lambda: None,
    ) -> None:
        """Carry out ``work`` on their ids, if there are any; what is typed is settled first."""
        self._with_ids(
            lambda ids: self._session.operations.run(
                lambda ledger: work(ledger, ids),
                owner=self._page,
                done=lambda _changes: done(),
            )
        )

    def _with_ids(self, go: Callable[[list[str]], None]) -> None:
        def settled(ids: list[str]) -> None:
            if ids:
                self._unless_unsaved(ids, lambda: go(ids))

        self._page.list.selected_ids(settled)

    def _unless_unsaved(self, ids: list[str], go: Callable[[], None]) -> None:
        """What is being typed into one of the records is saved or discarded first."""
        if self._page.shown_id in ids:
            self._page.leave(go)
        else:
            go()
