"""What stands in a cell of a list: one line of text, or the word and tone of a status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sanyou_desktop.model.fields import Choice, Field, Reference, Rows, UnitCode
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

LONGEST = 200
SOON = 30


@dataclass(frozen=True)
class Named:
    """What a list's rows refer to.

    Attributes:
        records: kind, number and title by id, as the ledger's ``titles`` gives them.
        units: names by code.
    """

    records: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Status:
    """The word on a status chip and its tone, as in ``Option.tone``."""

    text: str
    tone: str = ""


def shown(field: Field[Any], value: Any, named: Named) -> str:  # noqa: ANN401 - fields differ
    """Return a value whole, on one line; rows are counted, references and units named."""
    if isinstance(field, Rows):
        return _("{count} 条").format(count=len(value)) if value else ""
    if isinstance(field, Reference):
        known = named.records.get(value)
        return " ".join(known[1:]) if known else value
    if isinstance(field, UnitCode):
        return named.units.get(value, value)
    return " ".join(field.show(value).split())


def cell_text(text: str) -> str:
    """Return as much of ``text`` as a cell can ever show: measuring 100,000 characters is slow."""
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def status_of(kind: str, values: Mapping[str, Any], today: date) -> Status:
    """Return what the status chip says: days overdue or left come before the plain status."""
    plain = _plain(kind, str(values.get("status", "")))
    if kind == "finding":
        return _overdue(values, today) or plain
    if kind == "pledge":
        return _expiring(values, today) or plain
    if kind == "rule":
        return _not_yet(values, today) or plain
    return plain


def remark_on(kind: str, key: str, values: Mapping[str, Any]) -> str:
    """Return what a cell cannot hold and its tooltip tells, "" for nothing."""
    if kind != "rule" or key != "title":
        return ""
    if not values["collection"] and values["announced_count"] is None:
        return ""
    # As below: most lists need no rules.
    from sanyou_desktop.model.announced_rules import collection_in_words
    from sanyou_desktop.model.rule import Rule

    wanted = ("collection", "announced_count", "titles")
    return collection_in_words(Rule(**{key: values[key] for key in wanted}))


def _plain(kind: str, value: str) -> Status:
    field = kind_of(kind).fields["status"]
    option = field.option(value) if isinstance(field, Choice) else None
    return Status(value) if option is None else Status(_(option.title), option.tone)


def _overdue(values: Mapping[str, Any], today: date) -> Status | None:
    # The first list is one of pledges, and start-up is measured.
    from sanyou_desktop.model.finding import Finding

    finding = Finding(status=values["status"], due_on=values["due_on"])
    days = finding.overdue_days(today)
    return Status(_("逾期 {days} 天").format(days=days), "bad") if days else None


def _not_yet(values: Mapping[str, Any], today: date) -> Status | None:
    # Likewise.
    from sanyou_desktop.model.rule_standing import standing

    days = (values.get("effective_on"), values.get("repealed_on"))
    found = standing(str(values.get("status", "")), *days, today)
    return None if found is None else Status(_(found.title), found.tone)


def _expiring(values: Mapping[str, Any], today: date) -> Status | None:
    until = values["valid_until"]
    last = until.last() if until else None
    if last is None or values["status"] != "published":
        return None
    left = (last - today).days
    if left > SOON:
        return None
    if left < 0:
        return Status(_("已过有效期"), "bad")
    return Status(_("{days} 天后到期").format(days=left) if left else _("今天到期"), "warn")
