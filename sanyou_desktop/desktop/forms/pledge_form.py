"""The form of a pledge: who promises what to whom, clause by clause, and how it was kept."""

from __future__ import annotations

from collections.abc import Mapping

from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.editors.rows import RowsEditor
from sanyou_desktop.desktop.forms.design import Design, Section
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.wording import N_, _


def _clauses(draft: Draft) -> str:
    raw = draft.typed("clauses")
    rows = [row for row in raw if isinstance(row, dict)] if isinstance(raw, list) else []
    zero = sum(str(row.get("target", "")).strip() in ("0", "0.0") for row in rows)
    unnamed = sum(not str(row.get("text") or "").strip() for row in rows)
    parts = [_("共 {count} 条").format(count=len(rows))] if rows else []
    if zero:
        parts.append(_("零目标 {count} 条").format(count=zero))
    if unnamed:
        parts.append(_("待补充 {count} 条").format(count=unnamed))
    return " · ".join(parts)


def _kept(draft: Draft) -> str:
    try:
        record = draft.accepted()
    except Invalid:
        return ""
    assert isinstance(record, Pledge)
    outcomes = [entry.outcome for entry in record.fulfilments if entry.outcome]
    if not outcomes:
        return ""
    return _("已兑现 {kept} 次，部分兑现 {partly} 次，未兑现 {broken} 次").format(
        kept=outcomes.count("kept"),
        partly=outcomes.count("partly"),
        broken=outcomes.count("broken"),
    )


def _prepare(editors: Mapping[str, Editor]) -> None:
    """Let a fulfilment choose its clause by the clause's words."""
    clauses, fulfilments = editors["clauses"], editors["fulfilments"]
    assert isinstance(clauses, RowsEditor)
    assert isinstance(fulfilments, RowsEditor)

    def offered() -> dict[str, str]:
        return {
            str(row["key"]): f"{number}. {row.get('text') or _('待补充')}"
            for number, row in enumerate(clauses.model.raw(), start=1)
            if row.get("key")
        }

    fulfilments.offer("clause", offered)
    clauses.changed.connect(fulfilments.model.refresh)


DESIGN = Design(
    "pledge",
    (
        Section(
            N_("基本信息"),
            (
                ("title",),
                ("audience", "department"),
                ("person", "hotline"),
                ("status", "number"),
                ("themes",),
            ),
        ),
        Section(N_("承诺内容"), (("statement",),), bare=True),
        Section(N_("承诺条款"), (("clauses",),), _clauses, bare=True),
        Section(
            N_("公示与有效期"),
            (("published_on", "published_where"), ("valid_from", "valid_until")),
        ),
        Section(N_("履行记录"), (("fulfilments",),), _kept, bare=True),
        Section(N_("附件"), (("attachments",),), bare=True),
        Section(N_("其他"), (("tags", "confidential"), ("notes",))),
    ),
    _prepare,
)
