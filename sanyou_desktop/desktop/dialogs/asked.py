"""What a dialog asks for: a field as records declare them, and what it begins with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.editors.long_text import LongTextEditor
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Date, Field, Json
from sanyou_desktop.model.fields.base import Refused
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.wording import _

Values = Mapping[str, Any]
"""What was entered, by ``Asked.key``, as values of the fields."""
At = tuple[str, str]


@dataclass(frozen=True)
class Asked:
    """One question of a dialog.

    Attributes:
        key: its name among the answers.
        field: gives label, help, editor and what is accepted.
        value: what the editor begins with, as typed.
        at: where a record would hold it, as (field, column or ""); problems there are told here.
            Without any, in the field of the same name.
        completes: the field of the kind whose texts in use are offered, "" for that named ``key``.
        make: makes the editor, where it is not the usual one of the field.
        must: marked with *, though what is said when it is empty is left to the step.
        better: a better way to write what was entered, offered below; None for none.
    """

    key: str
    field: Field[Any]
    value: Json = ""
    at: tuple[At, ...] = ()
    completes: str = ""
    make: Callable[[Session], Editor] | None = None
    must: bool = False
    better: Callable[[str], str | None] = lambda _text: None

    def holds(self, problem: Problem) -> bool:
        """Tell whether a problem of the record is one of this answer."""
        return (problem.field, problem.column or "") in (self.at or ((self.key, ""),))


@dataclass(frozen=True, eq=False, repr=False)
class WholeDay(Date):
    """A date that must name its day, because something happened on it."""

    def parse(self, raw: Json) -> PartialDate:
        """Return the date; a month or a year alone is refused."""
        found = super().parse(raw)
        if found is None or found.precision != "day":
            raise Refused(_("请写明是哪一天，例如 {day}").format(day=date.today().isoformat()))
        return found


def required(field: Field[Any]) -> Field[Any]:
    """Return the field as one that must be filled in."""
    return replace(field, required=True)


def today() -> Json:
    """Return this day as an editor holds it."""
    return date.today().isoformat()


def day_of(values: Values, key: str) -> date:
    """Return the day entered in a required ``WholeDay``."""
    entered = values[key]
    assert isinstance(entered, PartialDate)
    day = entered.first()
    assert day is not None
    return day


def day(key: str, field: Field[Any], *at: At) -> Asked:
    """Ask on which day; today, unless changed."""
    return Asked(key, WholeDay(field.title, required=True), today(), at)


def person(key: str, field: Field[Any], value: str, *at: At) -> Asked:
    """Ask who; the names in use are offered."""
    return Asked(key, required(field), value, at, completes="person")


def text(key: str, field: Field[Any], at: At, value: str = "") -> Asked:
    """Ask for a text in a box that grows with it."""
    return Asked(key, field, value, (at,), make=lambda _session: LongTextEditor())
