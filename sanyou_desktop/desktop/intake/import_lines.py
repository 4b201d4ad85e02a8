"""The rows of a table as lines of its preview, those first that somebody should look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sanyou_desktop.desktop.rollup.lines import LEFT_OUT, PASSED, Line, lines_of
from sanyou_desktop.desktop.theme.parts import shortened
from sanyou_desktop.model.incoming import Incoming, Preview, State
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import value_of
from sanyou_desktop.wording import _

_LONGEST = 120


def import_lines(preview: Preview, file: str) -> list[Line]:
    """Return a line a row; a new record tells what it would hold, totals and notes come last.

    The name of the ``file`` stands above the preview already, and is left out of each line.
    """
    new = {str(row.place): row for row in preview.of(State.NEW)}
    lines = [
        _with_content(line, new[line.place]) if line.place in new else line
        for line in lines_of(preview, {})
    ]
    lines = [replace(one, state=PASSED) if one.state == LEFT_OUT else one for one in lines]
    lines.sort(key=lambda line: line.state == PASSED)
    return [_without(f"{file} ", line) for line in lines]


def _without(name: str, line: Line) -> Line:
    place, whole = line.place.removeprefix(name), line.whole.replace(name, "")
    told = shortened(whole.replace("\n", _("；")), _LONGEST)
    return replace(line, place=place, told=told, whole=whole)


def _with_content(line: Line, row: Incoming) -> Line:
    parts = [*filter(None, line.whole.split("\n")), *_content(row)]
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
