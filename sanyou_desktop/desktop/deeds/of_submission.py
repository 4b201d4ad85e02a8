"""What one can do with a report that was handed in."""

from __future__ import annotations

from sanyou_desktop.desktop.deeds.deed import Deed
from sanyou_desktop.model.submission import ACCEPTED, RECEIVED, RETURNED, Submission
from sanyou_desktop.wording import N_

_MODULE = "sanyou_desktop.desktop.submissions.steps"


def _may_be_accepted(submission: Submission) -> bool:
    return submission.status in (RECEIVED, RETURNED)


DEEDS: tuple[Deed, ...] = (
    Deed(
        "accept",
        N_("接收"),
        "circle-check",
        f"{_MODULE}:accept_it",
        offered=_may_be_accepted,
        awaited=lambda submission: submission.status == RECEIVED,
    ),
    Deed(
        "send_back",
        N_("退回…"),
        "undo-2",
        f"{_MODULE}:send_it_back",
        offered=lambda submission: submission.status in (RECEIVED, ACCEPTED),
    ),
    Deed(
        "export_return",
        N_("导出退回意见…"),
        "download",
        f"{_MODULE}:export_return",
        writes=False,
        offered=lambda submission: submission.status == RETURNED,
        awaited=lambda submission: submission.status == RETURNED,
    ),
    Deed(
        "receipt",
        N_("打印回执…"),
        "printer",
        f"{_MODULE}:print_receipt",
        writes=False,
    ),
)
PAGE_DEEDS: tuple[Deed, ...] = ()
