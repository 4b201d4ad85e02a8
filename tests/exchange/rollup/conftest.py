"""A superior's ledger, and units that report to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from itertools import count
from pathlib import Path
from typing import Self

import pytest
from openpyxl import Workbook, load_workbook

from sanyou_desktop.exchange import report_workbook
from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.exchange.rollup import RolledUp, roll_up
from sanyou_desktop.exchange.rollup_taking import Choices
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.unit import Unit


class _Clock(datetime):
    """A clock on which a minute passes between two looks at it: reports tell their order by it.

    It is ahead of any that reports were made by outside of the tests that use it.
    """

    _looks = count()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls(2100, 1, 1, tzinfo=tz) + timedelta(minutes=next(cls._looks))


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every report be made a minute after the one before."""
    monkeypatch.setattr(report_workbook, "datetime", _Clock)


PROVINCE = Unit(code="350000", name="省机关事务管理局", level="province")


@dataclass
class Reporter:
    """A unit with its ledger, which it keeps open."""

    ledger: Ledger
    folder: Path
    made: int = field(default=0)

    @property
    def code(self) -> str:
        return self.ledger.unit

    def add(self, kind: str, **given: Json) -> Record:
        given.setdefault("title", "车辆接待承诺")
        return self.ledger.save(Draft.from_json(kind, given, self.code).accepted()).record

    def change(self, record_id: str, **given: Json) -> Record:
        record = self.ledger.get(record_id)
        assert record is not None
        draft = Draft.of(record)
        draft.raw.update(given)
        return self.ledger.save(draft.accepted()).record

    def report(self, first: str = "", last: str = "") -> Path:
        self.made += 1
        path = self.folder / f"{self.code}-{self.made}.xlsx"
        export_report(self.ledger, path, first, last)
        return path

    def roll_up(
        self, *reports: Path, rehearsal: bool = False, choices: Choices | None = None
    ) -> RolledUp:
        """Roll up; a dry run before must tell the very same and leave no trace."""
        before = self.ledger.path.read_bytes()
        tried = roll_up(self.ledger, reports, rehearsal=True, choices=choices)
        assert self.ledger.path.read_bytes() == before
        if rehearsal:
            return tried
        found = roll_up(self.ledger, reports, choices=choices)
        assert told(tried) == told(found)
        return found


def told(found: RolledUp) -> list[object]:
    """Return all that a roll-up tells, but for records, which are written at their own times."""
    rows = [replace(row, record=None, before=None) for row in found.preview.rows]
    preview = found.preview
    return [*rows, sorted(preview.counts.items(), key=str), preview.left_out, preview.notes,
            found.files]  # fmt: skip


def saved_again(report: Path, change: Callable[[Workbook], None]) -> Path:
    """Return a copy that another program opened, changed and saved."""
    copy = report.with_name(f"存-{report.name}")
    book = load_workbook(report)
    change(book)
    book.save(copy)
    return copy


MakeUnit = Callable[..., Reporter]


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[MakeUnit]:
    """Return what makes the ledger of a unit with that code and name."""
    opened: list[Ledger] = []

    def make(code: str, name: str = "建瓯市机关事务管理局", **given: str) -> Reporter:
        folder = tmp_path / f"{code}-{len(opened)}"
        folder.mkdir()
        own = Draft.from_json("unit", {"code": code, "name": name, **given}, code).accepted()
        assert isinstance(own, Unit)
        ledger = Ledger.create(folder / "台账.sytz", own)
        opened.append(ledger)
        return Reporter(ledger, folder)

    yield make
    for ledger in opened:
        ledger.close()


@pytest.fixture
def superior(unit: MakeUnit) -> Reporter:
    return unit(PROVINCE.code, PROVINCE.name)


@pytest.fixture
def county(unit: MakeUnit) -> Reporter:
    return unit("350783", superior=PROVINCE.code)
