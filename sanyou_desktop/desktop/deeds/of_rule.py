"""What one can do with a rule, and on the page of them."""

from __future__ import annotations

from datetime import date

from sanyou_desktop.desktop.deeds.deed import Deed
from sanyou_desktop.desktop.deeds.table_deeds import TABLE_DEEDS
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.wording import N_

_STEPS = "sanyou_desktop.desktop.rules.steps"
_IN_FORCE = ("in_force", "revising")


def _is_due(rule: Rule) -> bool:
    """Tell whether the day of review has come."""
    due = rule.review_by.last() if rule.review_by else None
    return rule.status == "in_force" and due is not None and due <= date.today()


def _last_review(rule: Rule) -> str:
    return rule.reviews[-1].outcome if rule.reviews else ""


DEEDS: tuple[Deed, ...] = (
    Deed(
        "consult",
        N_("征求意见"),
        "send",
        f"{_STEPS}:consult",
        offered=lambda rule: rule.status == "drafting",
    ),
    Deed(
        "issue",
        N_("发布施行…"),
        "scroll-text",
        f"{_STEPS}:issue",
        offered=lambda rule: rule.status in ("drafting", "consultation"),
        awaited=lambda rule: rule.status == "consultation",
    ),
    Deed(
        "review",
        N_("登记复审…"),
        "calendar-check",
        f"{_STEPS}:review",
        offered=lambda rule: rule.status in _IN_FORCE,
        awaited=_is_due,
    ),
    Deed(
        "revise",
        N_("启动修订"),
        "pencil",
        f"{_STEPS}:revise",
        offered=lambda rule: rule.status == "in_force",
        awaited=lambda rule: not _is_due(rule) and _last_review(rule) == "revise",
    ),
    Deed(
        "draft_revision",
        N_("起草修订稿"),
        "pencil",
        f"{_STEPS}:draft_revision",
        offered=lambda rule: rule.status == "revising",
    ),
    Deed(
        "keep_unrevised",
        N_("停止修订"),
        "undo-2",
        f"{_STEPS}:keep_unrevised",
        offered=lambda rule: rule.status == "revising",
    ),
    Deed(
        "repeal",
        N_("废止…"),
        "circle-x",
        f"{_STEPS}:repeal",
        offered=lambda rule: rule.status in _IN_FORCE,
        awaited=lambda rule: not _is_due(rule) and _last_review(rule) == "repeal",
    ),
)
PAGE_DEEDS: tuple[Deed, ...] = (
    Deed(
        "catalogue",
        N_("制度汇编目录…"),
        "file-spreadsheet",
        "sanyou_desktop.desktop.rules.catalogue_dialog:open_catalogue",
        writes=False,
    ),
    *TABLE_DEEDS,
)
