"""Single cells that a form asks for by a label beside them: cards of one record, and figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sanyou_desktop.exchange.own_form.labelled import BLANK, LABELS, right_of
from sanyou_desktop.exchange.own_form.layout import merged_areas
from sanyou_desktop.exchange.scheme_headers import tidy
from sanyou_desktop.exchange.tables.found_columns import asked_cell
from sanyou_desktop.exchange.tables.header_words import HeaderWords
from sanyou_desktop.exchange.tables.heads import Head
from sanyou_desktop.exchange.worksheet import Worksheet
from sanyou_desktop.model.kinds import REPORTED, kind_of

# So many fields beside their labels make a card; fewer may stand over any table.
_FEWEST = 4


@dataclass(frozen=True)
class _Label:
    """A label and the cell that it asks for."""

    text: str
    row: int
    column: int
    before: str


def _labels(part: Worksheet) -> Iterator[_Label]:
    merged = merged_areas(part)
    starts = {(top, left) for top, left, _bottom, _right in merged}
    for row in part.rows():
        texts, formulas, styles = part.texts(row), part.formulas(row), part.styles(row)
        for column, text in sorted(texts.items()):
            beside = right_of(merged, row, column)
            is_free = beside not in formulas and bool(BLANK.fullmatch(texts.get(beside, "")))
            has_box = (row, beside) in starts or bool(styles.get(beside))
            ends = text.rstrip(" _　")
            if ends.endswith(("：", ":")) and not (is_free and has_box):
                yield _Label(ends[:-1], row, column, ends)
            elif is_free and has_box:
                yield _Label(text, row, beside, "")


def find_card(part: Worksheet, kind: str = "") -> Head | None:
    """Return the cells of a form for one record, None if too few of them are known.

    The head's kind is the one whose fields most labels are called after.
    """
    labels = list(_labels(part))
    heads = [_card(labels, one) for one in ((kind,) if kind else REPORTED)]
    best = max(heads, key=lambda head: head.sure)
    return best if best.sure >= (1 if kind else _FEWEST) and (kind or best.titled_by) else None


def _card(labels: list[_Label], kind: str) -> Head:
    words = HeaderWords(kind)
    fields = kind_of(kind).fields
    names = [tidy(label.text) for label in labels]
    found = [words.exactly(name) or LABELS.get(name, "") for name in names]
    # Of two labels that may mean the same, the one that is called as the field is.
    owners: dict[str, int] = {}
    for place, (name, source) in enumerate(zip(names, found, strict=True)):
        declared = fields.get(source)
        if source not in owners or (declared and name == declared.title):
            owners[source] = place
    cells = []
    for place, label in enumerate(labels):
        source = found[place] if owners[found[place]] == place else ""
        title = " ".join(label.text.split())
        cells.append(asked_cell(label.row, label.column, title, source, before=label.before))
    sure = sum(bool(cell.source) and not cell.source.startswith("#") for cell in cells)
    return Head(kind, 0, 0, tuple(cells), sure)
