"""The form of a rule: its number and dates, its text, or the collection it stands for."""

from __future__ import annotations

from datetime import date

from sanyou_desktop.desktop.forms.design import Design, Offer, Section
from sanyou_desktop.model.announced_rules import collection_in_words
from sanyou_desktop.model.document_number import corrected
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.rule_standing import ENDING, PENDING, standing_of
from sanyou_desktop.wording import N_, _


def _collection(draft: Draft) -> str:
    try:
        record = draft.accepted()
    except Invalid:
        return ""
    assert isinstance(record, Rule)
    return collection_in_words(record)


def _number(draft: Draft) -> Offer | None:
    """Offer the number of the document as GB/T 9704 writes it."""
    better = corrected(str(draft.typed("doc_number") or ""))
    return Offer("doc_number", better) if better else None


def _waits_for(record: Record) -> tuple[str, bool]:
    """Say from when it is in force, or until when it still is, if that day is to come."""
    assert isinstance(record, Rule)
    found = standing_of(record, date.today())
    if found is PENDING and record.effective_on:
        return _("{date}起施行").format(date=record.effective_on.in_words()), False
    if found is ENDING and record.repealed_on:
        return _("{date}起废止，此前仍然有效").format(date=record.repealed_on.in_words()), False
    return "", False


DESIGN = Design(
    "rule",
    (
        Section(
            N_("基本信息"),
            (
                ("title",),
                ("doc_number", "genre"),
                ("category", "status"),
                ("department", "person"),
                ("number", "version"),
                ("themes",),
            ),
            offer=_number,
        ),
        Section(
            N_("制定与施行"),
            (
                ("approved_by", "approved_on"),
                ("issued_on", "effective_on"),
                ("review_by", "repealed_on"),
                ("joint_issuers",),
                ("replaces",),
                ("basis",),
                ("interpreter",),
            ),
            panel="sanyou_desktop.desktop.rules.chain_panel:ChainPanel",
        ),
        Section(N_("成套制度"), (("collection", "announced_count"), ("titles",)), _collection),
        Section(N_("复审记录"), (("reviews",),), bare=True),
        Section(N_("正文"), (("text",),), bare=True),
        Section(N_("附件"), (("attachments",),), bare=True),
        Section(N_("其他"), (("tags", "confidential"), ("notes",))),
    ),
    hint=_waits_for,
)
