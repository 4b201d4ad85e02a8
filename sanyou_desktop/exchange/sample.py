"""A ledger filled with the practices of the article of 2006 that the program began from.

53 practices of 30 reporting units and 4 organisers in Fujian. Facts and names stand as in the
source; where it is damaged or silent, a note says so and the field stays empty.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.resources import resource_path
from sanyou_desktop.wording import _

# The bureau that wrote the article; the sample is its ledger.
OWN_UNIT = "350000-01"


def make_sample(path: Path, progress: Callable[[int, int], None] | None = None) -> int:
    """Make the sample ledger at ``path`` and return how many records it holds.

    ``progress`` is told how many records are done, and of how many.

    Raises:
        AlreadyThere: something is at ``path`` already.
    """
    own, others = _own_and_others()
    with Ledger.create(path, own) as ledger:
        records = [*others, *_rounds(), *_practices()]
        ledger.save_many(records, _("生成示例台账"))
        if progress:
            progress(len(records) + 1, len(records) + 1)
    return len(records) + 1


def _own_and_others() -> tuple[Unit, list[Record]]:
    units = [_record("unit", given) for given in _read("units.json")]
    own = next(unit for unit in units if isinstance(unit, Unit) and unit.code == OWN_UNIT)
    assert isinstance(own, Unit)
    return own, [unit for unit in units if unit is not own]


def _rounds() -> Iterator[Record]:
    for given in _read("rounds.json"):
        yield _record("round", given)


def _practices() -> Iterator[Record]:
    for given in _read("practices.json"):
        kind = given.pop("kind")
        yield _record(kind, given)


def _record(kind: str, given: dict[str, Any]) -> Record:
    return Draft.from_json(kind, given, unit=OWN_UNIT).accepted()


def _read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(
        resource_path("sample", name).read_text(encoding="utf-8")
    )
    return rows
