"""A list on A4 across: as it is filtered, sorted and arranged, the header on every page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.lists.cells import Named, shown, status_of
from sanyou_desktop.desktop.lists.columns import NEEDED, is_figure
from sanyou_desktop.desktop.lists.row_window import PAGE, read_rows, values_of
from sanyou_desktop.desktop.printing.holding import Holding
from sanyou_desktop.desktop.printing.laid_out import LaidOut
from sanyou_desktop.desktop.printing.paper_parts import (
    FOOT,
    GAP,
    Faces,
    columns_for,
    finished,
    write_lines,
    write_title,
)
from sanyou_desktop.desktop.printing.paper_table import PaperTable, Sheet
from sanyou_desktop.desktop.printing.printable import page
from sanyou_desktop.desktop.withheld import public_names, without_confidential
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Line, Query
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

# More is a book that nobody reads; a workbook serves better.
MOST = 5000
_MARGINS = (14.0, 14.0, 14.0, 10.0)
# Beyond so many columns the text is set smaller.
_ROOMY, _CROWDED = 7, 11


@dataclass(frozen=True)
class ListWanted:
    """What is printed of a list.

    Attributes:
        columns: as chosen, from left to right.
        words: what it was searched, filtered and sorted by.
        chosen: ids of the records, None for all that ``query`` selects.
        confidential: those with a mark of secrecy too; the user said so for this print.
    """

    kind: str
    query: Query
    columns: tuple[str, ...]
    words: str = ""
    chosen: frozenset[str] | None = None
    confidential: bool = False

    @property
    def asked(self) -> Query:
        """What the ledger is asked for."""
        return self.query if self.confidential else without_confidential(self.query)


def lay_out_list(ledger: Ledger, wanted: ListWanted, progress: Progress) -> LaidOut:
    """Read and lay out the list.

    Raises:
        Cancelled: the user stopped it.
    """
    rows, found, holds = _read(ledger, wanted, progress)
    kind = _(kind_of(wanted.kind).title)
    layout = page(landscape=True, margins=_MARGINS)
    sheet = Sheet.of(layout, FOOT)
    faces = Faces(smaller=_smaller(len(wanted.columns)))
    write_title(sheet, ledger.own_unit().name, kind, faces)
    left_out = found_in_all(ledger, wanted) - found
    write_lines(sheet, _in_words(wanted, len(rows), found, left_out), faces.small)
    sheet.y += GAP
    fields = [kind_of(wanted.kind).fields[key] for key in wanted.columns]
    columns = columns_for(
        sheet,
        [_(field.title) for field in fields],
        rows,
        [is_figure(field) for field in fields],
        faces,
    )
    table = PaperTable(sheet, columns, faces.label, faces.body)
    table.header()
    for number, row in enumerate(rows, start=1):
        table.row([str(number), *row])
        if number % PAGE == 0:
            progress.step(number, len(rows), _("正在排版"))
    printed = _("打印于 {moment}").format(moment=datetime.now().strftime("%Y-%m-%d %H:%M"))
    title = _("{kind}列表 {count} 条").format(kind=kind, count=len(rows))
    return finished(sheet, title, layout, faces, printed, holds)


def found_in_all(ledger: Ledger, wanted: ListWanted) -> int:
    """Return how many records there are, those with a mark of secrecy included."""
    if wanted.chosen is not None:
        return len(wanted.chosen)
    return ledger.count(wanted.kind, wanted.query)


def confidential_in(ledger: Ledger, wanted: ListWanted) -> int:
    """Return how many of the records have a mark of secrecy."""
    free = set(ledger.ids(wanted.kind, without_confidential(wanted.query)))
    if wanted.chosen is not None:
        return len(wanted.chosen - free)
    return ledger.count(wanted.kind, wanted.query) - len(free)


def _read(
    ledger: Ledger, wanted: ListWanted, progress: Progress
) -> tuple[list[list[str]], int, Holding]:
    """Return the texts of the rows, ``MOST`` at most, how many there are, and what is printed."""
    count = ledger.count(wanted.kind, wanted.asked)
    rows: list[list[str]] = []
    revisions: dict[str, int] = {}
    found = marked = 0
    today = date.today()
    for line, named in _lines(ledger, wanted, count, progress):
        found += 1
        if len(rows) < MOST:
            values = values_of(_fetched(wanted), line)
            rows.append(_texts(wanted, values, named, today))
            revisions[line.id] = values["revision"]
            marked += bool(values["confidential"])
    holds = Holding(f"list:{wanted.kind}", revisions, marked)
    return rows, found if wanted.chosen is not None else count, holds


def _lines(
    ledger: Ledger, wanted: ListWanted, count: int, progress: Progress
) -> Iterator[tuple[Line, Named]]:
    read = count if wanted.chosen is not None else min(count, MOST)
    for offset in range(0, read, PAGE):
        progress.step(offset, read, _("正在读取"))
        limit = min(PAGE, read - offset)
        page_read = read_rows(ledger, wanted.kind, wanted.asked, _fetched(wanted), offset, limit)
        named = page_read.named
        if not wanted.confidential:
            named = public_names(ledger, named)
        for line in page_read.lines:
            if wanted.chosen is None or line.id in wanted.chosen:
                yield line, named


def _fetched(wanted: ListWanted) -> tuple[str, ...]:
    needed = NEEDED.get(wanted.kind, ()) if "status" in wanted.columns else ()
    return tuple(dict.fromkeys((*wanted.columns, *needed, "revision", "confidential")))


def _texts(wanted: ListWanted, values: Mapping[str, Any], named: Named, today: date) -> list[str]:
    fields = kind_of(wanted.kind).fields
    return [
        status_of(wanted.kind, values, today).text
        if key == "status"
        else shown(fields[key], values[key], named)
        for key in wanted.columns
    ]


def _smaller(columns: int) -> float:
    return 0.5 if columns <= _ROOMY else 1.5 if columns <= _CROWDED else 2.5


def _in_words(wanted: ListWanted, printed: int, found: int, left_out: int) -> str:
    parts = [wanted.words] if wanted.words else []
    parts.append(_("共 {count} 条").format(count=f"{found:,}"))
    if found > printed:
        parts.append(
            _("一次最多打印 {most} 条，只印出前 {most} 条；全部请导出工作簿").format(
                most=f"{MOST:,}"
            )
        )
    if left_out:
        parts.append(_("另有 {count} 条有密级，没有印出").format(count=f"{left_out:,}"))
    return _("；").join(parts) + _("。")


def words_of(filters: Sequence[str], text: str, sort: str, *, descending: bool) -> str:
    """Return what a list shows, in words; ``sort`` is the title of a field, "" for none."""
    parts = list(filters)
    if text:
        parts.insert(0, _("搜索「{text}」").format(text=text))
    if sort:
        order = _("按{field}从大到小") if descending else _("按{field}从小到大")
        parts.append(order.format(field=sort))
    return _("；").join(parts)
