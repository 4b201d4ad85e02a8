"""The ways in which a sheet of a form is filled, and what may fill its columns or cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sanyou_desktop.exchange.own_form.computed import computed_for, parts_of
from sanyou_desktop.exchange.own_form.figures import figure_titles
from sanyou_desktop.exchange.own_form.labelled import CONTACT, PERIOD, PHONE, TODAY
from sanyou_desktop.exchange.own_form.layout import (
    CARD,
    FIGURES,
    NUMBER,
    TABLE,
    UNIT_CODE,
    UNIT_NAME,
    fillable_fields,
)
from sanyou_desktop.exchange.tables.found_columns import AskedCell, Column
from sanyou_desktop.model.kinds import REPORTED, kind_of
from sanyou_desktop.wording import N_, _

_NOTHING = ""
_OTHERS = (
    (_NOTHING, N_("（不填）")),
    (NUMBER, N_("序号")),
    (UNIT_NAME, N_("填报单位名称")),
    (UNIT_CODE, N_("填报单位代码")),
)
_BESIDE = (
    (TODAY, N_("填报日期")),
    (PERIOD, N_("填报期间")),
    (CONTACT, N_("联系人")),
    (PHONE, N_("联系电话")),
)


def filling_ways() -> list[tuple[str, str, str]]:
    """Return shape, kind of record and words of every way to fill a sheet."""
    card = _("{kind}（一条一张）")
    titles = [(kind, _(kind_of(kind).title)) for kind in REPORTED]
    return [
        *((TABLE, kind, title) for kind, title in titles),
        (FIGURES, "", _("统计数字（逐格填）")),
        *((CARD, kind, card.format(kind=title)) for kind, title in titles),
    ]


def choices_for(shape: str, kind: str) -> list[tuple[str, str]]:
    """Return key and words of everything that may fill a column, or a cell, of a form."""
    if shape == FIGURES:
        return [(_NOTHING, _(_OTHERS[0][1])), *figure_titles().items()]
    found = [(key, _(title)) for key, title in _OTHERS if shape == TABLE or key != NUMBER]
    if shape == CARD:
        found += [(key, _(title)) for key, title in _BESIDE]
    found += [(key, _(field.title)) for key, field in fillable_fields(kind).items()]
    inside = _("{rows}：{column}")
    found += [
        (source, inside.format(rows=_(rows.title), column=_(column.title)))
        for source, rows, column in parts_of(kind)
    ]
    return [*found, *((source, _(title)) for source, title in computed_for(kind).items())]


def shown_of(columns: Sequence[Column]) -> list[Column]:
    """Return the columns that are chosen for: of figures of the same sort the first stands for all.

    A form may ask for the same six figures of a hundred units.
    """
    counts = Counter(_sort_of(column) for column in columns)
    shown: dict[object, Column] = {}
    for column in columns:
        sort = _sort_of(column)
        if sort not in shown:
            several = _("{title}（共 {count} 格）")
            title = several.format(title=sort, count=counts[sort]) if counts[sort] > 1 else ""
            shown[sort] = replace(column, title=title or column.title)
    return list(shown.values())


def chosen_of_all(columns: Sequence[Column], chosen: Mapping[int, str]) -> dict[int, str]:
    """Return what fills every column, from what was chosen for those that were shown."""
    found = {_sort_of(one): chosen.get(one.column, "") for one in shown_of(columns)}
    every = ((column.column, found[_sort_of(column)]) for column in columns)
    return {at: source for at, source in every if source}


def _sort_of(column: Column) -> object:
    """Return what figures of the same sort have in common; any other column has nothing."""
    about = column.about if isinstance(column, AskedCell) else ""
    return about or column.column
