"""What one can do with a finding, and on the page of them."""

from __future__ import annotations

from sanyou_desktop.desktop.deeds.deed import Deed
from sanyou_desktop.desktop.deeds.table_deeds import TABLE_DEEDS
from sanyou_desktop.desktop.supervision.deeds import SLIP_DEEDS, SLIP_PAGE_DEEDS
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.rectification import CLOSE, RECHECK, RECTIFY, REPLY, next_step
from sanyou_desktop.wording import N_

_STEPS = "sanyou_desktop.desktop.findings.steps"
_BULK = "sanyou_desktop.desktop.findings.bulk_steps"


def _waits_for(finding: Finding, step: str) -> bool:
    return next_step(finding) == step


def _is_new(finding: Finding) -> bool:
    return finding.status == "open" and _waits_for(finding, RECTIFY)


DEEDS: tuple[Deed, ...] = (
    Deed(
        "begin",
        N_("开始整改"),
        "flag",
        f"{_STEPS}:begin",
        offered=lambda finding: (
            finding.status in ("open", "continuing") and _waits_for(finding, RECTIFY)
        ),
        awaited=_is_new,
    ),
    Deed(
        "rectify",
        N_("登记整改"),
        "pencil",
        f"{_STEPS}:rectify",
        offered=lambda finding: _waits_for(finding, RECTIFY),
        awaited=lambda finding: _waits_for(finding, RECTIFY) and not _is_new(finding),
    ),
    Deed(
        "recheck",
        N_("复查"),
        "clipboard-check",
        f"{_STEPS}:recheck",
        offered=lambda finding: _waits_for(finding, RECHECK),
        awaited=lambda _finding: True,
    ),
    Deed(
        "reply",
        N_("回音"),
        "send",
        f"{_STEPS}:reply",
        offered=lambda finding: finding.status != "closed",
        awaited=lambda finding: _waits_for(finding, REPLY),
    ),
    Deed(
        "close",
        N_("销号"),
        "circle-check",
        f"{_STEPS}:close",
        offered=lambda finding: _waits_for(finding, CLOSE),
        awaited=lambda _finding: True,
    ),
    Deed(
        "keep_going",
        N_("持续整改"),
        "clock",
        f"{_STEPS}:keep_going",
        offered=lambda finding: (
            finding.status in ("open", "rectifying") and _waits_for(finding, RECTIFY)
        ),
    ),
    Deed(
        "reopen",
        N_("重开"),
        "undo-2",
        f"{_STEPS}:reopen",
        offered=lambda finding: finding.status == "closed",
    ),
    *SLIP_DEEDS,
)
PAGE_DEEDS: tuple[Deed, ...] = (
    Deed("assign", N_("指派…"), "building-2", f"{_BULK}:assign", several=True),
    Deed("set_due", N_("设定整改时限…"), "calendar-clock", f"{_BULK}:set_due", several=True),
    Deed("begin_many", N_("批量开始整改…"), "flag", f"{_BULK}:begin", several=True),
    *SLIP_PAGE_DEEDS,
    *TABLE_DEEDS,
)
