"""The rows of a table as lines of its preview, those first that somebody should look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sanyou_desktop.desktop.rollup.lines import (
    LEFT_OUT,
    OF_TABLES,
    PASSED,
    Line,
    lines_of,
    lines_of_row,
)
from sanyou_desktop.desktop.theme.parts import shortened
from sanyou_desktop.model.incoming import Incoming, Preview, State
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import value_of
from sanyou_desktop.wording import _

_LONGEST = 120


def import_lines(preview: Preview, file: str, units: Mapping[str, str]) -> list[Line]:
    """Return a line a row; a new record tells what it would hold, totals and notes come last.

    The name of the ``file`` stands above the preview already, and is left out of each line.
    ``units`` are names by code.
    """
    new = {str(row.place): row for row in preview.of(State.NEW)}
    lines = [
        _with_content(line, new[line.place]) if line.place in new else line
        for line in lines_of(preview, units, OF_TABLES)
    ]
    lines = [replace(one, state=PASSED) if one.state == LEFT_OUT else one for one in lines]
    lines.sort(key=lambda line: line.state == PASSED)
    return [_without(f"{file} ", line) for line in lines]


def import_lines_of(row: Incoming, file: str, units: Mapping[str, str]) -> list[Line]:
    """Return the lines of one row that was looked at again, also where it changes nothing."""
    lines = list(lines_of_row(row, units.get(row.unit, row.unit), OF_TABLES))
    if row.state is State.NEW:
        lines = [_with_content(line, row) for line in lines]
    return [_without(f"{file} ", line) for line in lines]


def _without(name: str, line: Line) -> Line:
    place, whole = line.place.removeprefix(name), line.whole.replace(name, "")
    told = shortened(whole.replace("\n", _("；")), _LONGEST)
    return replace(line, place=place, told=told, whole=whole)


def _with_content(line: Line, row: Incoming) -> Line:
    parts = [*filter(None, line.whole.split("\n")), _("；").join(_content(row))]
    return replace(line, whole="\n".join(parts))


def _content(row: Incoming) -> Iterator[str]:
    record = row.record
    if record is None:
        return
    blank = type(record)()
    for key, field in kind_of(row.kind).fields.items():
        value = value_of(record, key)
        usual = key in ("title", "unit") or field.read_only or value == value_of(blank, key)
        if not usual and not field.is_empty(value):
            yield _("{label}：{text}").format(label=_(field.title), text=field.show(value))
