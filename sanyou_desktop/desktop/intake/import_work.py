"""What the preview of a table has done in the background: compare, look again, take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, TypeVar

from sanyou_desktop.desktop.collecting import uncollected
from sanyou_desktop.desktop.intake.import_lines import import_lines, import_lines_of
from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.rollup.lines import Line, counts_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.incoming import Incoming, Preview

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sanyou_desktop.exchange.tables.grid import Grid
    from sanyou_desktop.exchange.tables.heads import Head
    from sanyou_desktop.exchange.tables.importing import Choices, FileLook, Wanted

RowPlace = tuple[str, int]
T = TypeVar("T")
# So many rows are freed before the window may do something, for so many seconds.
_AT_ONCE = 200
_BREATH = 0.001


@dataclass(frozen=True)
class Compared:
    """A file compared, and its lines in words: thousands of them are not made on the GUI thread.

    Attributes:
        look: the file.
        preview: what would become of all its rows.
        lines: a line a row, or a conflict.
        counts: how many there are of each state, those too that are not listed.
        units: names of units by code.
    """

    look: FileLook
    preview: Preview
    lines: list[Line]
    counts: dict[str, int]
    units: Mapping[str, str]


@dataclass(frozen=True)
class LookedAgain:
    """Rows that were looked at again, with their lines now."""

    rows: set[RowPlace]
    lines: list[Line]
    preview: Preview


@dataclass(frozen=True)
class Taken:
    """What importing changed; nothing if there are rows whose decisions do not fit together."""

    changes: Changes
    unfit: LookedAgain | None = None


def compare(
    ledger_path: Path,
    read: Callable[[], Sequence[Grid]],
    name: str,
    wanted: Wanted,
    progress: Progress,
) -> Compared:
    """Compare the sheets that ``read`` returns with a ledger."""
    from sanyou_desktop.exchange.tables.importing import look_at_grids

    with uncollected(), Ledger.open(ledger_path, read_only=True) as ledger:
        look = look_at_grids(ledger, read(), name, wanted, progress)
        preview = look.preview
        units = ledger.unit_names({row.unit for row in preview.rows})
    lines = import_lines(preview, name, units)
    return Compared(look, preview, lines, counts_of(lines, preview), units)


def let_go(held: list[Compared]) -> None:
    """Free what is not shown any more, little by little, so that the window goes on meanwhile.

    ``held`` holds the last reference to it.
    """
    compared = held.pop()
    rows = list(compared.preview.rows)
    for step, _row in enumerate(
        chain(compared.look.clear(), _popped(rows), _popped(compared.lines))
    ):
        if step % _AT_ONCE == 0:
            sleep(_BREATH)


def _popped(some: list[T]) -> Iterator[None]:
    while some:
        some.pop()
        yield


def again(
    ledger: Ledger, compared: Compared, at: RowPlace, row: int, cells: Mapping[int, str]
) -> LookedAgain:
    """Look at the record that begins at a place with other texts in some cells of a row."""
    rows = compared.look.again(ledger, at, row, cells)
    names = ledger.unit_names({row.unit for row in rows})
    return _told(compared, rows, {**compared.units, **names})


def _told(compared: Compared, rows: list[Incoming], units: Mapping[str, str]) -> LookedAgain:
    look = compared.look
    places = {(row.place.sheet, int(row.place.cell)) for row in rows}
    lines = [line for row in rows for line in import_lines_of(row, look.name, units)]
    return LookedAgain(places, lines, look.preview)


def taking(
    compared: Compared, choices: Choices, heads: Sequence[Head]
) -> Callable[[Ledger, Progress], Taken]:
    """Return the work that saves what is shown and remembers how such tables are read."""

    def work(ledger: Ledger, progress: Progress) -> Taken:
        from sanyou_desktop.exchange.tables.importing import keep_head, take

        look = compared.look
        rows, unfit = look.decided(choices)
        if unfit:
            return Taken(Changes(), _told(compared, unfit, compared.units))
        with uncollected():
            changes = take(ledger, rows, look.name, progress)
            for _row in look.clear():
                pass
        for head in heads:
            keep_head(ledger, head)
        return Taken(changes)

    return work
