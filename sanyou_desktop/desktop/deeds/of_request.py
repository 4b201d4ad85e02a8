"""What one can do with a report that is asked of units."""

from __future__ import annotations

from sanyou_desktop.desktop.deeds.deed import Deed
from sanyou_desktop.model.report_request import ReportRequest
from sanyou_desktop.wording import N_

_MODULE = "sanyou_desktop.desktop.submissions.request_steps"


def _is_open(request: ReportRequest) -> bool:
    return request.status == "open"


DEEDS: tuple[Deed, ...] = (
    Deed(
        "fill_units",
        N_("填入下级单位"),
        "building-2",
        f"{_MODULE}:fill_units",
        offered=_is_open,
        awaited=lambda request: _is_open(request) and not request.units,
    ),
    Deed(
        "chase",
        N_("催报名单…"),
        "send",
        f"{_MODULE}:chase",
        writes=False,
        offered=lambda request: bool(request.units),
    ),
    Deed(
        "next_one",
        N_("布置下一期"),
        "calendar-clock",
        f"{_MODULE}:ask_for_next",
        offered=lambda request: request.from_ is not None and request.to is not None,
    ),
)
PAGE_DEEDS: tuple[Deed, ...] = ()
