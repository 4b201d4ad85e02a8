"""Which columns a list can show, which it shows first, how wide they are and how they align.

To give a kind other first columns: change its line in ``USUAL``. A new field is offered in the
column menu by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from sanyou_desktop.desktop.theme.tokens import ICON_SMALL, SPACE_1, SPACE_2
from sanyou_desktop.desktop.widgets.chip import chip_width
from sanyou_desktop.model.fields import (
    Amount,
    Choice,
    Choices,
    Count,
    Date,
    Field,
    Flag,
    Instant,
    LongText,
    Names,
    Number,
    Rows,
)
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

USUAL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pledge": ("number", "title", "department", "status"),
        "rule": ("number", "title", "category", "status"),
        "inspection": ("number", "title", "inspected_on", "status"),
        "finding": ("number", "title", "due_on", "status"),
        "survey": ("number", "title", "held_on", "status"),
        "activity": ("number", "title", "started_on", "status"),
        "scheme": ("number", "title", "use", "incomplete", "status"),
        "plan": ("number", "title", "frequency", "starts_on", "status"),
        "unit": ("code", "title", "level", "status"),
        "round": ("number", "title", "from", "to", "status"),
        "request": ("number", "title", "due_on", "status"),
        "submission": ("number", "title", "received_on", "status"),
    }
)
# What the status needs beside itself to say how many days are left or gone, and the title to say
# what is known of a collection.
NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "finding": ("status", "due_on"),
        "pledge": ("status", "valid_until"),
        "rule": (
            *("status", "effective_on", "repealed_on"),
            *("collection", "announced_count", "titles"),
        ),
    }
)
STRETCHED = "title"
_HIDDEN = ("id", "deleted_at")
_FIGURES = (Number, Count, Amount)
_ROOMY = 16
_WORDY = 7


def usual_columns(kind: str, *, many_units: bool = False) -> tuple[str, ...]:
    """Return the columns that a list shows until the user chooses others.

    Each unit numbers its records for itself: where several are listed, the unit takes the place
    of what matters within one.
    """
    usual = USUAL.get(kind, ("number", "title", "status"))
    return (*usual[:2], "unit", usual[-1]) if many_units else usual


def possible_columns(kind: str) -> tuple[str, ...]:
    """Return every column a list of that kind can show, in the order of the column menu."""
    return tuple(key for key in kind_of(kind).fields if key not in _HIDDEN)


def known_columns(kind: str, kept: Sequence[str]) -> tuple[str, ...]:
    """Return the remembered columns that still exist, each once."""
    possible = possible_columns(kind)
    return tuple(dict.fromkeys(key for key in kept if key in possible))


def is_sortable(field: Field[Any]) -> bool:
    """Tell whether the ledger can put records in a useful order by that field."""
    return not isinstance(field, Choices | Names | Rows | LongText | Amount)


def sorts_newest_first(field: Field[Any]) -> bool:
    """Tell whether a first click on the header should bring the greatest to the top."""
    return isinstance(field, Date | Instant | Number | Count)


def alignment(field: Field[Any]) -> Qt.AlignmentFlag:
    """Return figures to the right, the rest to the left."""
    side = Qt.AlignmentFlag.AlignRight if is_figure(field) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def is_figure(field: Field[Any]) -> bool:
    """Tell whether the column holds numbers that should line up."""
    return isinstance(field, _FIGURES)


def column_width(kind: str, key: str, field: Field[Any], metrics: QFontMetrics) -> int:
    """Return the width in pixels that shows usual content of that column of a kind whole."""
    padding = 2 * SPACE_2
    header = metrics.horizontalAdvance(_(field.title)) + padding + ICON_SMALL + SPACE_1
    return max(header, _content_width(kind, key, field, metrics) + padding)


def _content_width(kind: str, key: str, field: Field[Any], metrics: QFontMetrics) -> int:
    if key == "status" and isinstance(field, Choice):
        words = [_(option.title) for option in field.enum]
        if kind == "finding":
            words.append(_("逾期 {days} 天").format(days=888))
        elif kind == "pledge":
            words += [_("{days} 天后到期").format(days=30), _("已过有效期")]
        return max(chip_width(word, metrics) for word in words)
    if isinstance(field, Choice):
        return max((metrics.horizontalAdvance(_(item.title)) for item in field.enum), default=0)
    sample = _sample(key, field)
    return metrics.horizontalAdvance(sample)


def _sample(key: str, field: Field[Any]) -> str:
    if key in ("number", "code"):
        return "WW-2026-0000"
    for types, sample in _SAMPLES:
        if isinstance(field, types):
            return sample
    return "汉" * (_ROOMY if key == STRETCHED else _WORDY)


_SAMPLES: tuple[tuple[tuple[type[Field[Any]], ...], str], ...] = (
    ((Date,), "2026-00-00"),
    ((Instant,), "2026-00-00 00:00"),
    ((Number, Count), "0000000"),
    ((Flag,), "汉"),
    ((Rows,), "000 汉"),
    ((LongText,), "汉" * _ROOMY),
)
