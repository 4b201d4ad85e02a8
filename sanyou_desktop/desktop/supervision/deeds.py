"""The deeds of slips: issue one, print what was issued, issue one for each selected finding."""

from __future__ import annotations

from sanyou_desktop.desktop.deeds.deed import Deed
from sanyou_desktop.wording import N_

_ISSUING = "sanyou_desktop.desktop.supervision.issuing"

SLIP_DEEDS: tuple[Deed, ...] = (
    Deed(
        "slip",
        N_("督办单…"),
        "send",
        f"{_ISSUING}:issue",
        offered=lambda finding: finding.status != "closed",
    ),
    Deed(
        "reprint_slips",
        N_("打印督办单"),
        "printer",
        f"{_ISSUING}:reprint",
        writes=False,
        offered=lambda finding: bool(finding.slips),
    ),
)
SLIP_PAGE_DEEDS: tuple[Deed, ...] = (
    Deed("slips", N_("给选中的问题签发督办单…"), "send", f"{_ISSUING}:issue_selected"),
)
