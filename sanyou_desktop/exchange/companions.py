"""What goes along with reported records so that a superior can place them: units, rounds, plans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sanyou_desktop.ledger.reading import Reading
from sanyou_desktop.model.fields import Reference
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record, value_of
from sanyou_desktop.model.unit import Unit

_FOLLOWED = ("plan", "scheme")
COMPANIONS = ("unit", "round", *_FOLLOWED)


class Companions:
    """Notes what reported records lean on, while they pass, and fetches it afterwards.

    A confidential record goes along with none, and neither does one in the recycle bin.
    """

    def __init__(self, ledger: Reading) -> None:
        """Begin with the ledger's own unit."""
        self._ledger = ledger
        self._codes = {ledger.unit}
        self._ids: dict[str, None] = {}

    def noting(self, kind: str) -> Callable[[tuple[Any, ...]], None]:
        """Return what notes, of a stored row of that kind, the unit, the plan and the list."""
        keys = list(kind_of(kind).fields)
        unit = keys.index("unit")
        leading = [keys.index(key) for key in _leading_there(kind)]

        def note(stored: tuple[Any, ...]) -> None:
            self._codes.add(stored[unit])
            for at in leading:
                if stored[at]:
                    self._ids[stored[at]] = None

        return note

    def records(self) -> Iterator[Record]:
        """Yield the companions, each once: units, rounds, plans, checklists."""
        yield from self._units()
        yield from filter(_may_go, self._ledger.records("round"))
        asked: set[str] = set()
        while self._ids:
            target = next(iter(self._ids))
            del self._ids[target]
            asked.add(target)
            found = self._ledger.get(target)
            if found is None or not _may_go(found):
                continue
            yield found
            for key in _leading_there(found.kind):
                further: str = value_of(found, key)
                if further and further not in asked:
                    self._ids[further] = None

    def _units(self) -> Iterator[Unit]:
        """Yield the units noted and those over them, up to this ledger's own."""
        known = {unit.code: unit for unit in self._ledger.units()}
        wanted: dict[str, None] = {}
        for code in sorted(self._codes):
            while code in known and code not in wanted:
                wanted[code] = None
                code = "" if code == self._ledger.unit else known[code].superior
        yield from (known[code] for code in wanted if _may_go(known[code]))


def _may_go(record: Record) -> bool:
    return not record.confidential and not record.deleted_at


def _leading_there(kind: str) -> tuple[str, ...]:
    """Return the fields of a kind that lead to a plan or a checklist."""
    if kind not in _leading:
        _leading[kind] = tuple(
            key
            for key, field in kind_of(kind).fields.items()
            if isinstance(field, Reference) and set(field.kinds) & set(_FOLLOWED)
        )
    return _leading[kind]


_leading: dict[str, tuple[str, ...]] = {}
