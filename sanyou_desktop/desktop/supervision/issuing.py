"""From findings to slips: asks what is demanded, issues them together, and shows the paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.dialogs.deed_dialog import show
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.supervision.slip_dialog import SlipDialog, SlipsWanted
from sanyou_desktop.ledger.holidays import working_days_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.finding import Finding, Slip
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _

_AT_ONCE = 200


def issue(place: Place, record: Record) -> None:
    """Issue a slip about the finding in the form."""
    issue_about(place.widget, place.session, [record.id])


def issue_selected(place: Place) -> None:
    """Issue a slip about each selected finding; what is typed is settled first."""
    place.selected(lambda ids: place.settle(lambda: issue_about(place.widget, place.session, ids)))


def issue_about(parent: QWidget, session: Session, ids: Sequence[str]) -> None:
    """Ask what the slips shall say and issue one about each finding that is not closed."""
    if not ids:
        session.ask.tell(parent, _("没有选中问题。请先在列表中选中要督办的问题。"))
        return
    if len(ids) > _AT_ONCE:
        text = _("一次最多签发 {limit} 份督办单，选中了 {count} 个问题。请分批选择。")
        session.ask.tell(parent, text.format(limit=_AT_ONCE, count=len(ids)))
        return
    wanted = list(ids)

    def ask(found: SlipsWanted) -> None:
        if not found.findings:
            session.ask.tell(parent, _("选中的问题都已销号，不再督办。如需继续，请先重开。"))
            return
        dialog = show(SlipDialog(parent, session, found))
        dialog.then(lambda _given: _show_newest(parent, session, found.ids))

    session.jobs.read(lambda ledger: _wanted(ledger, wanted), ask, owner=parent)


def _show_newest(parent: QWidget, session: Session, ids: Sequence[str]) -> None:
    """Show the slips that were just issued, with the numbers they were given."""

    def numbered(ledger: Ledger) -> list[tuple[Finding, Slip]]:
        found = [record for one in ids if isinstance(record := ledger.get(one), Finding)]
        return [(finding, finding.slips[-1]) for finding in found if finding.slips]

    session.jobs.read(numbered, lambda slips: show_slips(parent, session, slips), owner=parent)


def reprint(place: Place, record: Record) -> None:
    """Show the slips of a finding again, the newest first."""
    assert isinstance(record, Finding)
    slips = [(record, slip) for slip in reversed(record.slips)]
    show_slips(place.widget, place.session, slips)


def show_slips(parent: QWidget, session: Session, slips: Sequence[tuple[Finding, Slip]]) -> None:
    """Show slips as they will be printed, each on a page of its own.

    Those about findings with a mark of secrecy are left out, unless the user wants them.
    """
    # Printing is not needed until somebody prints.
    from sanyou_desktop.desktop.printing.preview import offer_print
    from sanyou_desktop.desktop.supervision.slip_print import SlipPrint
    from sanyou_desktop.desktop.withheld import may_print

    public = [pair for pair in slips if not pair[0].confidential]
    shown = slips if may_print(parent, session, len(slips) - len(public)) else public
    if not shown:
        return
    prints = SlipPrint(session.unit_name, tuple(shown))
    offer_print(parent, session, prints)


def _wanted(ledger: Ledger, ids: list[str]) -> SlipsWanted:
    found = [record for one in ids if isinstance(record := ledger.get(one), Finding)]
    living = [finding for finding in found if not finding.deleted_at]
    unsettled = tuple(finding for finding in living if finding.status != "closed")
    return SlipsWanted(unsettled, working_days_of(ledger), len(living) - len(unsettled))
