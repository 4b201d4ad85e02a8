"""The form of a finding: the problem, its rounds of rectification, the reply and the closure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sanyou_desktop.desktop.editors.attachments import AttachmentsEditor
from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.editors.staging import Staging
from sanyou_desktop.desktop.forms.design import Design, Section
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.photo_pairs import AFTER, BEFORE
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.rectification import CLOSE, RECHECK, RECTIFY, REPLY, next_step
from sanyou_desktop.wording import N_, _


def _is_continuing(draft: Draft) -> bool:
    return draft.typed("status") == "continuing" or bool(draft.typed("continuing_reason"))


def _was_reopened(draft: Draft) -> bool:
    return bool(draft.typed("reopenings"))


def _was_urged(draft: Draft) -> bool:
    return bool(draft.typed("slips"))


def _has_pairs(draft: Draft) -> bool:
    return any(row.get("stage") for row in _rows(draft.typed("attachments")))


def _what_comes_next(record: Record) -> tuple[str, bool]:
    """Return what a finding waits for and how long it may, and whether it is past its limit."""
    if not isinstance(record, Finding) or record.status == "closed":
        return "", False
    parts = [_awaited(record)]
    late = record.overdue_days(date.today())
    limit = record.due_on.last() if record.due_on else None
    if late:
        parts.append(_("已逾期 {days} 天").format(days=late))
    elif limit is not None and next_step(record) == RECTIFY:
        days = (limit - date.today()).days
        parts.append(_("还有 {days} 天").format(days=days) if days else _("今天到期"))
    return _("，").join(parts), bool(late)


def _awaited(finding: Finding) -> str:
    step = next_step(finding)
    if step == RECHECK:
        return _("等待复查")
    if step == REPLY:
        return _("复查已通过，等待回音")
    if step == CLOSE:
        return _("已复查、已回音，可以销号")
    if finding.status == "open":
        return _("等待开始整改")
    if finding.rounds and finding.rounds[-1].verdict == "failed":
        return _("复查退回，等待第 {number} 轮整改").format(number=len(finding.rounds) + 1)
    return _("等待登记整改")


def _prepare(editors: Mapping[str, Editor]) -> None:
    """Let photos say to which round they belong, whichever there are while one types."""
    files, rounds = editors["attachments"], editors["rounds"]
    assert isinstance(files, AttachmentsEditor)

    def offered() -> list[tuple[str, str]]:
        return [
            (str(row["key"]), _("第 {number} 轮").format(number=number))
            for number, row in enumerate(_rows(rounds.raw()), start=1)
            if row.get("key")
        ]

    def usual() -> tuple[str, str]:
        """Until something is rectified, a photo shows the problem."""
        done = [row for row in _rows(rounds.raw()) if row.get("rectified_on") or row.get("by")]
        return (AFTER, str(done[-1].get("key") or "")) if done else (BEFORE, "")

    files.stage_by(Staging(offered, usual))


def _rows(raw: Json) -> list[dict[str, Json]]:
    return [row for row in raw if isinstance(row, dict)] if isinstance(raw, list) else []


_PANELS = "sanyou_desktop.desktop.findings"
DESIGN = Design(
    "finding",
    (
        Section(
            N_("问题"),
            (
                ("title",),
                ("source", "severity"),
                ("raised_on", "raised_by"),
                ("place", "status"),
                ("description",),
                ("inspection", "item"),
                ("against",),
                ("concerns",),
                ("themes",),
            ),
            panel=f"{_PANELS}.repeats_panel:RepeatsPanel",
        ),
        Section(N_("整改要求"), (("department", "person"), ("due_on", "number"), ("measure",))),
        Section(N_("整改过程"), (("rounds",),), bare=True),
        Section(
            N_("整改前后对照"), (), shown=_has_pairs, panel=f"{_PANELS}.pairs_panel:PairsPanel"
        ),
        Section(N_("持续整改"), (("continuing_reason",),), bare=True, shown=_is_continuing),
        Section(N_("回音与销号"), (("replied_on", "closed_on"), ("reply",))),
        Section(N_("重开"), (("reopenings",),), bare=True, shown=_was_reopened),
        Section(N_("督办"), (("slips",),), bare=True, shown=_was_urged),
        Section(N_("附件"), (("attachments",),), bare=True),
        Section(N_("其他"), (("tags", "confidential"), ("notes",))),
    ),
    _prepare,
    _what_comes_next,
)
