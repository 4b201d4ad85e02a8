"""What stands behind a number, said beside it: the counts of a rate, what a count hides."""

from __future__ import annotations

from sanyou_desktop.model.indicators.tallies import Tallies
from sanyou_desktop.wording import _


def nothing(_tallies: Tallies) -> str:
    """Return "": the number hides nothing."""
    return ""


def fulfilments(t: Tallies) -> str:
    """Say how many entries are kept, partly kept and broken."""
    if not t.kept + t.partly + t.broken:
        return ""
    text = _("已兑现 {kept:,} 条，部分兑现 {partly:,} 条，未兑现 {broken:,} 条")
    return text.format(kept=t.kept, partly=t.partly, broken=t.broken)


def collections(t: Tallies) -> str:
    """Say how many of the rules are collections, and how many rules those announce."""
    if not t.collections:
        return ""
    text = _("其中成套制度 {count:,} 套，公布共 {announced:,} 项")
    said = text.format(count=t.collections, announced=t.announced)
    if t.uncounted:
        said += _("（{count:,} 套未报项数）").format(count=t.uncounted)
    return said


def vetoes(t: Tallies) -> str:
    """Say how many inspections failed by a veto item, whatever their points."""
    return _("其中 {count:,} 次一票否决").format(count=t.vetoed) if t.vetoed else ""


def items(t: Tallies) -> str:
    """Say how many items passed and failed."""
    if not t.passed + t.failed:
        return ""
    return _("合格 {passed:,} 项，不合格 {failed:,} 项").format(passed=t.passed, failed=t.failed)


def settled(t: Tallies) -> str:
    """Say how many of the findings raised are settled."""
    return _of(t.settled, t.raised)


def replied(t: Tallies) -> str:
    """Say how many of the findings raised had a reply."""
    return _of(t.replied, t.raised)


def on_time(t: Tallies) -> str:
    """Say how many of the findings due were rectified in time."""
    return _of(t.on_time, t.due)


def returned(t: Tallies) -> str:
    """Say how many sheets came back."""
    if not t.distributed:
        return ""
    text = _("发出 {distributed:,} 份，收回 {answered:,} 份")
    return text.format(distributed=t.distributed, answered=t.answered)


def satisfaction(t: Tallies) -> str:
    """Say how many answers counted, and that surveys differ in what counts."""
    if not t.rated:
        return ""
    said = _("计满意 {content:,} 份，共 {rated:,} 份").format(content=t.content, rated=t.rated)
    if t.narrow:
        said += _("；{narrow:,} 次测评不计基本满意").format(narrow=t.narrow)
    return said


def _of(part: int, whole: int) -> str:
    return _("{part:,}/{whole:,} 件").format(part=part, whole=whole) if whole else ""
