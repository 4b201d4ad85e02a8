"""Asks for level, demand and limit of the slips about one or several findings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtWidgets import QWidget

from sanyou_desktop.desktop.dialogs.about_record import named
from sanyou_desktop.desktop.dialogs.asked import Asked, At, Values, text
from sanyou_desktop.desktop.dialogs.fields_dialog import FieldsDialog
from sanyou_desktop.desktop.editors.choice import ChoiceEditor
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import shortened
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.escalation import LEVELS_RISING, days_left
from sanyou_desktop.model.fields import Choice, fields_of
from sanyou_desktop.model.finding import Finding, Slip
from sanyou_desktop.model.supervision import usual_demand, usual_due, usual_level
from sanyou_desktop.model.working_days import WorkingDays
from sanyou_desktop.wording import _

_TITLE_SHOWN = 60


@dataclass(frozen=True)
class SlipsWanted:
    """What slips shall be about.

    Attributes:
        findings: those that a slip can be issued about.
        closed: how many of the chosen ones are closed.
        calendar: counts the days to answer in.
    """

    findings: tuple[Finding, ...]
    calendar: WorkingDays
    closed: int = 0

    @property
    def ids(self) -> list[str]:
        """The ids of the findings."""
        return [finding.id for finding in self.findings]


class SlipDialog(FieldsDialog):
    """Issues the slips in one transaction, each with a number of its own."""

    def __init__(self, parent: QWidget, session: Session, wanted: SlipsWanted) -> None:
        """Begin with what is usual for the most pressing of the findings."""
        self._today = date.today()
        self._wanted = wanted
        levels = [usual_level(finding, self._today) for finding in wanted.findings]
        self._pressing = max(levels, key=LEVELS_RISING.index)
        several = len(levels) > 1
        # Answered with what is usual, until the level is chosen below.
        self._usual_due = str(usual_due(self._pressing, self._today, wanted.calendar))
        fields = fields_of(Slip)
        demand = text("demand", fields["demand"], ("slips", "demand"), usual_demand())
        super().__init__(
            parent,
            session,
            _("签发督办单"),
            (
                (
                    Asked(
                        "level",
                        fields["level"],
                        "" if several else self._pressing,
                        _at("level"),
                        make=lambda _session: LevelEditor(by_limit=several),
                    ),
                    Asked("due_on", fields["due_on"], self._usual_due, _at("due_on"), must=True),
                ),
                (replace(demand, must=True),),
            ),
            self._issue,
            about=_about(wanted),
            confirm=_("签发并打印"),
            icon_name="printer",
        )
        self.editors["level"].changed.connect(self._level_changed)
        self._level_changed()
        self.editors["demand"].setFocus()

    def _level_changed(self) -> None:
        """Put the usual day for the level, unless another one was typed."""
        chosen = str(self.editors["level"].raw() or self._pressing)
        due = str(usual_due(chosen, self._today, self._wanted.calendar))
        if str(self.editors["due_on"].raw() or "") == self._usual_due:
            self.editors["due_on"].set_raw(due)
            self._usual_due = self._begun["due_on"] = due
        self.fields["due_on"].set_help(self._help(due))
        if len(self._wanted.findings) == 1:
            self.fields["level"].set_help(self._limit())

    def _help(self, due: str) -> str:
        calendar = self._wanted.calendar
        days = calendar.between(self._today, date.fromisoformat(due))
        usual = _("通常为 {count} 个工作日后：{day}").format(count=days, day=due)
        if calendar.is_known(int(due[:4])):
            return usual
        return usual + _("（{year} 年没有节假日表，只避开周末）").format(year=due[:4])

    def _limit(self) -> str:
        left = days_left(self._wanted.findings[0].due_on, self._today)
        if left is None:
            return _("该问题没有填写整改时限")
        if left < 0:
            return _("已超过整改时限 {days} 天").format(days=-left)
        return _("距整改时限还有 {days} 天").format(days=left)

    def _issue(self, ledger: Ledger, given: Values) -> Changes:
        slip = Slip(key="", issued_on=PartialDate.of(self._today), **given)
        return ledger.issue_slips(self._wanted.ids, slip)


class LevelEditor(ChoiceEditor):
    """The levels; for several findings the first choice is that each gets its own."""

    def __init__(self, *, by_limit: bool) -> None:
        """Offer the levels."""
        level = fields_of(Slip)["level"]
        assert isinstance(level, Choice)
        super().__init__(level)
        if by_limit:
            self.combo.setItemText(0, _("按各自时限"))
        else:
            self.combo.removeItem(0)
            self._offered -= 1


def _at(column: str) -> tuple[At, ...]:
    return (("slips", column),)


def _about(wanted: SlipsWanted) -> str:
    first, count = wanted.findings[0], len(wanted.findings)
    told = _("编号在签发时自动产生，不会重复使用。")
    if wanted.closed:
        told = _("另有 {count} 个已销号的问题，不再督办。").format(count=wanted.closed) + told
    if count == 1:
        return named(first, told)
    title = shortened(first.title, _TITLE_SHOWN)
    several = _("「{title}」等 {count} 个问题，每个问题一份督办单。")
    return "\n".join((several.format(title=title, count=count), told))
