"""The form of a pledge: who promises what to whom, clause by clause, and how it was kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.editors.rows import RowsEditor
from sanyou_desktop.desktop.forms.design import Design, Related, Section
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.records import Saved
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fulfilling import Tally, tally
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.pledge_life import SOON, days_left
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.quantity import plain
from sanyou_desktop.model.record import Record
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
    """Return how often the pledge, and then each clause that was looked at, was kept."""
    record = _accepted(draft)
    if record is None:
        return ""
    whole = tally(record)
    if whole.rate is None:
        return ""
    lines = [
        _(
            "兑现率 {rate}%（已兑现 {kept} ÷ 登记 {times} 次；部分兑现 {partly}，未兑现 {broken}）"
        ).format(rate=plain(whole.rate), times=whole.times, **_counts(whole))
    ]
    for number, clause in enumerate(record.clauses, start=1):
        one = tally(record, clause.key)
        if one.times and len(record.clauses) > 1:
            line = _("第 {number} 条：已兑现 {kept}，部分兑现 {partly}，未兑现 {broken}")
            lines.append(line.format(number=number, **_counts(one)))
    return "\n".join(lines)


def _counts(one: Tally) -> dict[str, int]:
    return {"kept": one.kept, "partly": one.partly, "broken": one.broken}


def _validity(draft: Draft) -> str:
    """Return that the time of a published pledge is up, or soon will be."""
    record = _accepted(draft)
    left = days_left(record, date.today()) if record else None
    if left is None or left > SOON:
        return ""
    if left < 0:
        return _("有效期已过 {days} 天，请续期或终止").format(days=-left)
    if not left:
        return _("有效期到今天为止，请续期或终止")
    return _("有效期还有 {days} 天，请及早续期或终止").format(days=left)


def _accepted(draft: Draft) -> Pledge | None:
    try:
        record = draft.accepted()
    except Invalid:
        return None
    assert isinstance(record, Pledge)
    return record


def _save(ledger: Ledger, record: Record) -> Saved:
    # Start-up is measured, and nothing is saved before a pledge is shown.
    from sanyou_desktop.desktop.pledges.saving import save_pledge

    return save_pledge(ledger, record)


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
            (("published_on", "published_where"), ("valid_from", "valid_until"), ("renews",)),
            _validity,
        ),
        Section(
            N_("履行记录"),
            (("fulfilments",),),
            _kept,
            bare=True,
            panel="sanyou_desktop.desktop.pledges.findings_panel:FindingsPanel",
        ),
        Section(N_("附件"), (("attachments",),), bare=True),
        Section(N_("其他"), (("tags", "confidential"), ("notes",))),
    ),
    _prepare,
    related=(Related("pledge", "renews", N_("续期的承诺 {count} 项")),),
    save=_save,
)
