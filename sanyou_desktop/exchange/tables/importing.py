"""Importing a table: every sheet of a file looked at, then all of it taken in one action."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sanyou_desktop.exchange.errors import Unsupported
from sanyou_desktop.exchange.tables.grid import Grid
from sanyou_desktop.exchange.tables.header_words import ID
from sanyou_desktop.exchange.tables.heads import Head, find_head, readable_sources
from sanyou_desktop.exchange.tables.reading import read_grids
from sanyou_desktop.exchange.tables.taking import Looked, compare
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.incoming import LeftOut, Place, Preview, State
from sanyou_desktop.model.kinds import REPORTED, kind_of
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _

Progress = Callable[[int, int], None]
_SETTING = "table:"
_REGISTER = "_meta"


@dataclass(frozen=True)
class SheetLook:
    """One sheet with its header, and what its rows would become."""

    grid: Grid
    head: Head
    looked: Looked


@dataclass(frozen=True)
class FileLook:
    """A whole file compared with the ledger.

    Attributes:
        sheets: those that hold a table of records.
        left_out: the sheets that do not, and why.
    """

    name: str
    sheets: tuple[SheetLook, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def preview(self) -> Preview:
        """What would become of all rows together."""
        previews = [sheet.looked.preview for sheet in self.sheets]
        counts: Counter[State] = Counter()
        for one in previews:
            counts.update(one.counts)
        return Preview(
            rows=tuple(row for one in previews for row in one.rows),
            counts=dict(counts),
            left_out=(*self.left_out, *(left for one in previews for left in one.left_out)),
            notes=tuple(note for one in previews for note in one.notes),
        )

    @property
    def records(self) -> tuple[Record, ...]:
        """What is saved if it is accepted."""
        return tuple(record for sheet in self.sheets for record in sheet.looked.records)


def look_at(
    ledger: Ledger, path: Path, kind: str = "", progress: Progress | None = None
) -> FileLook:
    """Return what a file would bring; nothing is written.

    Args:
        ledger: what it is compared with.
        path: any table: .xlsx, .xls, .et, .ods, .csv, .txt.
        kind: what the rows are; "" to find out by the headers.
        progress: told rows done and in all of each sheet; it may raise to cancel.

    Raises:
        ExchangeError: the file is refused, or holds no table of records.
    """
    return look_at_grids(ledger, read_grids(path), path.name, kind, progress)


def look_at_grids(
    ledger: Ledger,
    grids: Iterable[Grid],
    name: str,
    kind: str = "",
    progress: Progress | None = None,
) -> FileLook:
    """Return what sheets that were read would bring, as ``look_at`` does."""
    found, left_out = [], []
    sheets = list(grids)
    # In a report of ours, what has no identity column is cover and statistics.
    is_ours = any(grid.name == _REGISTER for grid in sheets)
    for grid in sheets:
        place = Place(name, grid.name)
        if grid.name.startswith(_REGISTER):
            continue
        if grid.hidden:
            left_out.append(LeftOut(place, _("隐藏的表没有读入")))
            continue
        head = find_head(grid, kind)
        if is_ours and (head is None or ID not in head.sources.values()):
            continue
        if head is None:
            left_out.append(LeftOut(place, _("没有找到表头")))
            continue
        head = with_kept_head(ledger, head, kind)
        found.append(SheetLook(grid, head, compare(ledger, grid, head, name, progress)))
    if not found:
        raise Unsupported(
            _(
                "{name} 里没有找到记录，没有读入。"
                "请检查表头：至少要有两列是台账的字段，其中一列是标题或内容。"
            ).format(name=name)
        )
    return FileLook(name, tuple(found), tuple(left_out))


def take(
    ledger: Ledger, records: Iterable[Record], name: str, progress: Progress | None = None
) -> Changes:
    """Save what a file brought, in one transaction that is undone as one.

    ``progress`` is told records done and in all, and may raise to cancel: nothing is written then.

    Raises:
        Invalid, LedgerError: nothing was written.
    """
    wanted = list(records)
    undo = _("从 {name} 导入 {count} 条").format(name=name, count=len(wanted))
    return ledger.save_many(_counted(wanted, progress), undo)


def _counted(records: list[Record], progress: Progress | None) -> Iterator[Record]:
    for done, record in enumerate(records):
        if progress is not None:
            progress(done, len(records))
        yield record


# What a layout is kept as: one setting of the ledger for each, so that it travels with the file.


def keep_head(ledger: Ledger, head: Head) -> None:
    """Remember how a table with these headers is read.

    Raises:
        LedgerError: it could not be kept.
    """
    kept = {"kind": head.kind, "sources": {str(at): one for at, one in head.sources.items()}}
    ledger.keep_setting(_SETTING + head.fingerprint, json.dumps(kept, ensure_ascii=False))


def with_kept_head(ledger: Ledger, head: Head, kind: str = "") -> Head:
    """Return the header as it was kept for such a table; of another kind than asked it is not."""
    kept = ledger.setting(_SETTING + head.fingerprint)
    if not kept:
        return head
    given = json.loads(kept)
    if given.get("kind") not in REPORTED or (kind and given["kind"] != kind):
        return head
    known = set(readable_sources(given["kind"]))
    sources = {
        int(at): source
        for at, source in given["sources"].items()
        if source in known or source.partition(".")[0] in kind_of(given["kind"]).fields
    }
    return head.chosen(given["kind"], sources)
