"""What one can do with an inspection plan, and on the page of them."""

from __future__ import annotations

from sanyou_desktop.desktop.deeds.deed import Deed
from sanyou_desktop.model.plan import Plan
from sanyou_desktop.wording import N_

_MODULE = "sanyou_desktop.desktop.inspections.generating"


def _is_active(plan: Plan) -> bool:
    return plan.status == "active"


def _has_rhythm(plan: Plan) -> bool:
    return _is_active(plan) and plan.frequency not in ("", "irregular")


DEEDS: tuple[Deed, ...] = (
    Deed(
        "generate",
        N_("生成检查"),
        "calendar-check",
        f"{_MODULE}:generate",
        offered=_has_rhythm,
        awaited=_has_rhythm,
    ),
    Deed(
        "add_one",
        N_("加一次检查"),
        "plus",
        f"{_MODULE}:add_one",
        offered=_is_active,
        awaited=lambda plan: _is_active(plan) and not _has_rhythm(plan),
    ),
)
PAGE_DEEDS: tuple[Deed, ...] = ()
