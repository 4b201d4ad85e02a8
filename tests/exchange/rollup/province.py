"""The sample's province taken apart: a ledger a unit, each with what that unit did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from sanyou_desktop.cli.indicators import indicators_json
from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.exchange.sample import make_sample
from sanyou_desktop.exchange.summary_source import summary_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.campaign_round import CampaignRound
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.identity import new_id
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.kinds import KINDS, REPORTED
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.summary import Summary
from sanyou_desktop.model.unit import Unit

SUPERIOR = Unit(code="P", name="汇总单位", level="province")
UNITS = 30
_FROM, _TO = PartialDate.parse("2006-03"), PartialDate.parse("2006-10")
# Each ledger's own: when it was written down there, and how often.
_LOCAL = ("revision", "created_at", "updated_at")


def whole(path: Path) -> list[Record]:
    """Return the sample's reported records with some findings, each with its unit."""
    make_sample(path)
    with Ledger.open(path, read_only=True) as ledger:
        found = [record for kind in REPORTED for record in ledger.records(kind)]
    inspections = [record for record in found if isinstance(record, Inspection)]
    return [*found, *(_finding(place, one) for place, one in enumerate(inspections))]


def _finding(place: int, inspection: Inspection) -> Finding:
    return Finding(
        id=new_id(),
        unit=inspection.unit,
        number=f"WT-2026-{place + 9001}",
        title=f"检查发现的问题 {place}",
        inspection=inspection.id,
        raised_on=inspection.inspected_on,
        measure="立即整改",
        severity="minor",
    )


def split(records: Iterable[Record], count: int = UNITS) -> list[list[Record]]:
    """Return the records in ``count`` parts; what refers to one another stays together."""
    parts: list[list[Record]] = [[] for _part in range(count)]
    placed: dict[str, int] = {}
    for turn, record in enumerate(records):
        at = placed.get(getattr(record, "inspection", "") or getattr(record, "replaces", ""))
        place = turn % count if at is None else at
        placed[record.id] = place
        parts[place].append(replace(record, unit=code_of(place)))
    return parts


def code_of(place: int) -> str:
    """Return the code of a unit."""
    return f"35{place:04d}"


def make_unit(path: Path, place: int, records: Iterable[Record]) -> None:
    """Make the ledger of one unit."""
    own = Unit(
        id=new_id(),
        code=code_of(place),
        name=f"第{place + 1}县机关事务管理局",
        level="county",
        superior=SUPERIOR.code,
        phone=f"0599-{place:07d}",
    )
    with Ledger.create(path, own) as ledger:
        fresh = [replace(record, revision=0, created_at="") for record in records]
        ledger.save_many(_numbered_anew(fresh), "示例")
        ledger.save(CampaignRound(unit=own.code, name="第一轮", from_=_FROM, to=_TO))


def _numbered_anew(records: list[Record]) -> Iterable[Record]:
    """Numbers are unique within a unit; the sample's are within its own units."""
    seen: set[str] = set()
    for place, record in enumerate(records):
        again = f"{record.prefix}-2026-{place + 8001}"
        yield replace(record, number=again) if record.number in seen else record
        seen.add(record.number)


def export(ledger_path: Path, target: Path) -> Path:
    """Write the report of a unit."""
    with Ledger.open(ledger_path, read_only=True) as ledger:
        export_report(ledger, target)
    return target


def contents(ledger: Ledger) -> dict[str, dict[str, Any]]:
    """Return what the living records say, by id, without what is each ledger's own."""
    return {
        record.id: {key: value for key, value in record.to_json().items() if key not in _LOCAL}
        for kind in KINDS
        if kind not in ("submission", "request")
        for record in ledger.records(kind)
    }


def figures(ledger: Ledger) -> Any:
    """Return the indicators of the year and of all time, by unit and by theme too."""
    spans, parts = (("2006", "2006"), ("", "")), ("unit", "theme")
    return [indicators_json(ledger, *span, part) for span in spans for part in parts]


def summaries(ledger: Ledger) -> list[Summary]:
    """Return the summary documents of the year and of all time, as they are composed.

    Which revision of a record they tell of is each ledger's own.
    """
    found = (summary_of(ledger, "2006", "2006"), summary_of(ledger))
    return [replace(one, sources=tuple((source[0], 0) for source in one.sources)) for one in found]
