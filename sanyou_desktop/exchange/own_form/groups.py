"""Rows of a form that are set apart beforehand: 类别 is filled in, and each has its own lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sanyou_desktop.exchange.own_form.layout import NUMBER, Body, Layout
from sanyou_desktop.exchange.scheme_headers import tidy
from sanyou_desktop.exchange.tables.choice_words import option_called
from sanyou_desktop.exchange.worksheet import Worksheet
from sanyou_desktop.model.fields import Choice, Choices, Field, Text
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record, value_of

# What else than a choice tells records apart by a word that a form may have written in.
_TOLD_APART = frozenset({"department", "inspected_unit", "scheme", "respondents"})
# One line alone is somebody's row, not a group.
_FEWEST = 2


@dataclass(frozen=True)
class Group:
    """Lines for the records of one value.

    Attributes:
        label: what the form says.
        first, last: its rows.
    """

    label: str
    first: int
    last: int


def groups_of(part: Worksheet, layout: Layout, body: Body) -> tuple[int, tuple[Group, ...]]:
    """Return the column that tells the groups apart, and the groups; none in any other table.

    Every row in which something stands must say nothing but that, in the same column.
    """
    if len(body.filled) < _FEWEST:
        return -1, ()
    said: dict[int, str] = {}
    columns = set()
    for row in body.filled:
        formulas = part.formulas(row)
        texts = {
            at: text
            for at, text in part.texts(row).items()
            if at not in formulas and layout.columns.get(at) != NUMBER and text.strip()
        }
        if len(texts) != 1:
            return -1, ()
        ((column, text),) = texts.items()
        columns.add(column)
        said[row] = text.strip()
    if len(columns) != 1:
        return -1, ()
    (column,) = columns
    if not _tells_apart(layout, column) or len(set(said.values())) < len(said):
        return -1, ()
    ends = [row - 1 for row in list(said)[1:]] + [body.last]
    found = tuple(Group(said[row], row, end) for row, end in zip(said, ends, strict=True))
    return column, found


def _field(layout: Layout, column: int) -> Field[object] | None:
    return kind_of(layout.kind).fields.get(layout.columns.get(column, ""))


def _tells_apart(layout: Layout, column: int) -> bool:
    declared = _field(layout, column)
    if isinstance(declared, Choice | Choices):
        return True
    return isinstance(declared, Text) and layout.columns[column] in _TOLD_APART


def by_page(records: Sequence[Record], body: Body) -> Mapping[Group, list[Record]]:
    """Return the records of each stretch of a form with pages: each full before the next.

    What is left over goes into the last.
    """
    placed: dict[Group, list[Record]] = {}
    begun = 0
    spans = [(body.first, body.last), *body.pages]
    for first, last in spans:
        end = begun + last - first + 1 if (first, last) != spans[-1] else len(records)
        placed[Group("", first, last)] = list(records[begun:end])
        begun = end
    return placed


def by_group(
    records: Iterable[Record], layout: Layout, column: int, groups: Sequence[Group]
) -> tuple[Mapping[Group, list[Record]], list[Record]]:
    """Return the records of each group in their order, and those that no group is for."""
    key = layout.columns[column]
    declared = kind_of(layout.kind).fields[key]
    by_word: dict[str, Group] = {}
    for group in groups:
        by_word[tidy(group.label)] = group
        if isinstance(declared, Choice):
            option = option_called(f"{layout.kind}.{key}", group.label)
            by_word.setdefault(tidy(declared.show(option)), group)
    placed: dict[Group, list[Record]] = {group: [] for group in groups}
    others: list[Record] = []
    for record in records:
        value = value_of(record, key)
        # Of a record with several themes the first that the form has is where it stands.
        words = [declared.show((one,)) for one in value] if isinstance(value, tuple) else None
        shown = words if words is not None else [str(declared.show(value))]
        found = next((by_word[tidy(word)] for word in shown if tidy(word) in by_word), None)
        if found is None:
            others.append(record)
        else:
            placed[found].append(record)
    return placed, others
