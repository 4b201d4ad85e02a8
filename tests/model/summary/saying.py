"""Composing a document from records in a test's own words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sanyou_desktop.model.indicators import Tallies, readings
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.summary import Summary, Told, compose
from sanyou_desktop.model.summary.chosen import Chosen
from sanyou_desktop.model.unit import Unit

TODAY = date(2026, 11, 28)
OWN = Unit(code="u", unit="u", name="晋江市政府办公室")


def told(
    records: Iterable[Record],
    period: Period | None = None,
    *,
    own: Unit = OWN,
    names: dict[str, str] | None = None,
    tallies: Tallies | None = None,
    year_before: Tallies | None = None,
    superior: str = "泉州市机关事务管理局",
) -> Summary:
    chosen = Chosen()
    asked = period or Period()
    for record in records:
        chosen.take(record, asked)
    return compose(
        Told(
            own=own,
            units=[own],
            period=asked,
            today=TODAY,
            chosen=chosen,
            readings=readings(tallies or Tallies(), None, year_before),
            superior=superior,
            names={own.code: own.name} | (names or {}),
        )
    )


def text_of(summary: Summary) -> str:
    return "\n".join(summary.texts())
