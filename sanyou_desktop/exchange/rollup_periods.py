"""Reports of one unit beside each other: whose period covers whose, and which was made later."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sanyou_desktop.exchange.rollup_reading import Brought
from sanyou_desktop.exchange.rollup_senders import NotTaken
from sanyou_desktop.ledger.accepted import Known
from sanyou_desktop.ledger.rollup_run import submission_of
from sanyou_desktop.ledger.taken_file import TakenFile
from sanyou_desktop.model.edtf import BadDate, PartialDate
from sanyou_desktop.model.kinds import KINDS, REPORTED
from sanyou_desktop.model.record import Record, value_of
from sanyou_desktop.model.report_request import period_problems
from sanyou_desktop.wording import _


class LaterReports:
    """The reports that were made after another one of the same unit.

    A report tells everything that its unit has in a period. So what a later one does not bring is
    gone, whichever of the two is rolled up first, and an older one neither brings it back nor says
    anything about what else is there.
    """

    def __init__(self, file: TakenFile | None = None, files: Iterable[TakenFile] = ()) -> None:
        """Find those made later than ``file`` among all of the unit's; without it none are."""
        self._later = [one for one in files if file and one.made_at > file.made_at]

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self._later)

    def refuse_covered(self, file: TakenFile) -> None:
        """Refuse a report of which later ones tell all.

        Raises:
            NotTaken: the text names the later one.
        """
        for later in self._later:
            if _covers(later, file):
                raise NotTaken(
                    _(
                        "这份导出于 {made}，比已汇总的「{later}」（导出于 {newer}）旧，没有接收。"
                    ).format(made=_when(file), later=later.name, newer=_when(later))
                )

    def tell_of_day(self, brought: Brought) -> bool:
        """Tell whether they tell of the day of a record that a report brings."""
        return self._cover(_day_in(brought.register.json, brought.register.kind))

    def have_dropped(self, brought: Brought, known: Known | None) -> bool:
        """Tell whether a record of the older report was gone when a later one was made."""
        register = brought.register
        if not self._later or register.kind not in REPORTED:
            return False
        if known is not None and not (known.copy and known.copy.withdrawn):
            return False
        return self.tell_of_day(brought)

    def tell_of(self, record: Record) -> bool:
        """Tell whether a record of the ledger lies in the period of a later report."""
        day = value_of(record, type(record).occurred)
        return self._cover("" if day is None else str(day))

    def _cover(self, day: str) -> bool:
        return any(_lies_in(day, one.first, one.last) for one in self._later)


def _day_in(text: str, kind: str) -> str:
    """Return the day by which periods select a record of the register, "" if it has none."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    found = content.get(KINDS[kind].record.occurred) if isinstance(content, dict) else ""
    return found if isinstance(found, str) else ""


def _lies_in(day: str, first: str, last: str) -> bool:
    """Tell whether a report of that period brings a record of that day, as ``bound`` selects it."""
    if not first and not last:
        return True
    if not day or day >= "X":
        return False
    begins = day[: len(first)] >= first[: len(day)]
    return begins and (not last or day[: len(last)] <= last[: len(day)])


def _covers(one: TakenFile, other: TakenFile) -> bool:
    """Tell whether the period of ``other`` lies within that of ``one``; open ends reach on."""
    begins = not one.first or (bool(other.first) and one.first <= other.first)
    length = len(one.last)
    ends = not one.last or (bool(other.last) and other.last[:length] <= one.last)
    return begins and ends


def _when(file: TakenFile) -> str:
    return file.made_at[:16].replace("T", " ")


def refuse_bad_period(file: TakenFile) -> None:
    """Refuse a report whose period is none: nobody could tell what it leaves out.

    Raises:
        NotTaken: with what to do.
    """
    if not _is_period(file):
        raise NotTaken(
            _("登记表中的期间（{first} 至 {last}）有误，没有接收。请让填报单位重新导出。").format(
                first=file.first or "……", last=file.last or "……"
            )
        )


def _is_period(file: TakenFile) -> bool:
    try:
        for end in filter(None, (file.first, file.last)):
            PartialDate.parse(end)
    except BadDate:
        return False
    return not any(period_problems(submission_of(file, None)))
