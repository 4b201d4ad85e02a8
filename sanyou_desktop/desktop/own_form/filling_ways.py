"""The ways in which a sheet of a form is filled, and what may fill its columns or cells."""

from __future__ import annotations

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
