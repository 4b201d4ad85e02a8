"""How a list was left: its columns, order, conditions and widths, as the machine remembers them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sanyou_desktop.desktop.lists.columns import is_sortable, known_columns
from sanyou_desktop.desktop.lists.conditions import Condition, condition_from_json
from sanyou_desktop.desktop.preferences import Preferences
from sanyou_desktop.model.kinds import kind_of

_WIDEST = 4000


@dataclass(frozen=True)
class View:
    """Everything about a list that the user arranged; no ``columns``: the usual ones."""

    columns: tuple[str, ...] = ()
    sort: str = "number"
    descending: bool = True
    conditions: tuple[Condition, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)


def recall(kind: str, preferences: Preferences) -> View:
    """Return how the list of ``kind`` was left; what no longer fits is forgotten."""
    kept = preferences.view(kind)
    fields = kind_of(kind).fields
    sort = kept.get("sort")
    if not isinstance(sort, str) or sort not in fields or not is_sortable(fields[sort]):
        sort = "number"
    listed = kept.get("conditions")
    found = [condition_from_json(kind, raw) for raw in (listed if isinstance(listed, list) else ())]
    widths = kept.get("widths")
    return View(
        known_columns(kind, preferences.columns(kind)),
        sort,
        bool(kept.get("descending", True)),
        tuple(item for item in found if item is not None),
        _widths(widths) if isinstance(widths, dict) else {},
    )


def keep(kind: str, preferences: Preferences, view: View, columns: Sequence[str]) -> None:
    """Remember how the list of ``kind`` is left."""
    preferences.keep_columns(kind, list(columns))
    preferences.keep_view(
        kind,
        {
            "sort": view.sort,
            "descending": view.descending,
            "conditions": [item.to_json() for item in view.conditions if not item.told],
            "widths": dict(view.widths),
        },
    )


def _widths(kept: Mapping[object, object]) -> dict[str, int]:
    return {
        str(key): width
        for key, width in kept.items()
        if isinstance(width, int) and 0 < width <= _WIDEST
    }
