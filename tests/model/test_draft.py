"""A draft keeps whatever was typed, and is a record once nothing in it is wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.finding import Finding, Round
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.kinds import KINDS, REPORTED
from sanyou_desktop.model.pledge import Clause, Pledge
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.record import Attachment, Record
from tests.drawn import records

RECORDS = st.sampled_from(sorted(KINDS)).flatmap(records)
UNIT = "350300"


def pledge(draft: Draft) -> Pledge:
    record = draft.accepted()
    assert isinstance(record, Pledge)
    return record


@given(RECORDS)
def test_a_record_that_nobody_changed_is_accepted_as_it_is(record: Record) -> None:
    draft = Draft.of(record)
    assert draft.accepted() == record
    assert not draft.is_dirty
    assert draft.problems() == ()


@given(RECORDS)
def test_typing_back_what_is_shown_changes_nothing(record: Record) -> None:
    draft = Draft.of(record)
    for key in draft.declared.fields:
        draft.enter(key, draft.typed(key))
    assert draft.raw == {}
    assert draft.accepted() == record


@given(RECORDS)
def test_a_record_survives_json(record: Record) -> None:
    given_again = json.loads(json.dumps(record.to_json()))
    assert Draft.from_json(record.kind, given_again, record.unit).accepted() == record


@given(RECORDS)
def test_a_copy_has_the_content_and_nothing_of_its_own(record: Record) -> None:
    whole = replace(
        record, id="0192d6b0-0000-7000-8000-000000000000", number="CN-2026-0007", revision=3,
        attachments=(Attachment(key="a", name="现场.jpg", sha256="0" * 64),),
    )  # fmt: skip
    copy = Draft.copy_of(whole)
    # What the program keeps about the original stays with the original.
    kept = {key for key, field in copy.declared.fields.items() if field.read_only} - {"title"}
    found, wanted = copy.accepted().to_json(), record.to_json()
    assert {key: found[key] for key in found.keys() - kept} == {
        key: wanted[key] for key in wanted.keys() - kept
    }
    # Nothing of it is saved yet, so leaving it must be asked about.
    assert copy.is_dirty


@given(RECORDS, st.data())
@settings(max_examples=50)
def test_typing_something_and_taking_it_back_leaves_the_draft_clean(
    record: Record, data: st.DataObject
) -> None:
    draft = Draft.of(record)
    key = data.draw(st.sampled_from(sorted(draft.declared.fields)))
    before = draft.typed(key)
    draft.enter(key, "别的")
    draft.enter(key, before)
    assert not draft.is_dirty


@given(
    st.sampled_from(sorted(KINDS)),
    st.dictionaries(st.text(max_size=8), st.none() | st.text() | st.floats() | st.lists(st.none())),
)
def test_whatever_is_typed_is_kept_and_never_raises(kind: str, typed: dict[str, Any]) -> None:
    draft = Draft.new(kind, UNIT)
    for key, raw in typed.items():
        draft.enter(key, raw)
    found = draft.problems()
    assert all(problem.message for problem in found)
    if found:
        with pytest.raises(Invalid) as refusal:
            draft.accepted()
        assert refusal.value.problems == found
    assert draft.raw == typed


def test_a_new_draft_is_clean_and_says_what_is_required() -> None:
    draft = Draft.new("pledge", UNIT)
    assert not draft.is_dirty
    assert [problem.field for problem in draft.problems()] == ["title"]
    assert str(draft.problems()[0]) == "标题：必填，请填写"


def test_a_wrong_value_stays_as_it_was_typed() -> None:
    draft = Draft.new("pledge", UNIT, title="甲")
    draft.enter("published_on", "2026-02-30")
    assert draft.typed("published_on") == "2026-02-30"
    assert draft.is_dirty
    (problem,) = draft.problems("published_on")
    assert str(problem) == ("公示日期：2026 年 2 月没有 30 日，可填 2026-02-28 或 2026-02")
    assert draft.problems("title") == ()
    draft.enter("published_on", "2026-02-28")
    assert str(pledge(draft).published_on) == "2026-02-28"


def test_typing_the_same_value_in_another_form_is_no_change() -> None:
    draft = Draft.of(Draft.new("pledge", UNIT, title="甲", published_on="2026-03-01").accepted())
    draft.enter("published_on", "2026年3月1日")
    assert not draft.is_dirty
    draft.enter("notes", "  ")
    draft.enter("clauses", [{"text": " "}])
    assert not draft.is_dirty


def test_a_cleared_field_is_a_change() -> None:
    draft = Draft.of(Draft.new("pledge", UNIT, title="甲", notes="乙").accepted())
    draft.enter("notes", "")
    assert draft.is_dirty
    assert pledge(draft).notes == ""


def test_a_blank_status_is_the_default_one() -> None:
    assert pledge(Draft.new("pledge", UNIT, title="甲", status="")).status == "draft"
    assert pledge(Draft.from_json("pledge", {"title": "甲", "unit": " "}, UNIT)).unit == UNIT


def test_a_key_that_the_kind_does_not_have_is_refused_naming_it() -> None:
    draft = Draft.from_json("pledge", {"title": "甲", "colour": "红", "长" * 99: 1}, UNIT)
    first, second = (str(problem) for problem in draft.problems())
    assert first == "colour：承诺没有「colour」这个字段"
    assert len(second) < 200


def test_a_problem_in_a_row_names_field_row_and_column() -> None:
    clauses: list[Json] = [{"text": "好"}, {"text": "坏", "target": "多"}]
    (problem,) = Draft.new("pledge", UNIT, title="甲", clauses=clauses).problems()
    assert (problem.field, problem.row, problem.column) == ("clauses", 1, "target")
    assert str(problem).startswith("承诺条款 第 2 行 目标值：应为数字")


def test_rules_between_fields_are_checked_once_the_fields_are_right() -> None:
    draft = Draft.new("pledge", UNIT, title="甲", valid_from="2026-03-01", valid_until="2026-02")
    (problem,) = draft.problems()
    assert str(problem) == "有效期至：有效期至 2026-02 早于生效日期 2026-03-01，请核对这两个日期"
    draft.enter("title", "")
    assert [problem.field for problem in draft.problems()] == ["title"]


def test_what_is_computed_is_filled_in() -> None:
    items: list[Json] = [{"item": "灯", "full_score": 10, "deduction": 2, "occurrences": 3}]
    record = Draft.new("inspection", UNIT, title="日常", items=items).accepted()
    assert isinstance(record, Inspection)
    assert record.items[0].score == 4
    assert Draft.new("round", UNIT, name="第一轮").accepted().title == "第一轮"


def test_rows_keep_their_keys_when_one_is_changed() -> None:
    record = Pledge(title="甲", clauses=(Clause(key="a", text="一"), Clause(key="b", text="二")))
    draft = Draft.of(record)
    rows = draft.typed("clauses")
    assert isinstance(rows, list)
    assert isinstance(rows[1], dict)
    rows[1]["text"] = "三"
    draft.enter("clauses", rows)
    assert pledge(draft).clauses == (Clause(key="a", text="一"), Clause(key="b", text="三"))


def test_a_draft_of_every_reported_kind_can_be_begun_with_a_title_alone() -> None:
    for kind in REPORTED:
        assert Draft.new(kind, UNIT, title="甲").accepted().title == "甲"


@pytest.mark.parametrize("text", ["𠮷野家", "㐂", "👍🏽", "=1+1", "+1", "-1", "@a", "\t甲\r\n乙"])
def test_rare_characters_and_formulas_are_text(text: str) -> None:
    assert pledge(Draft.new("pledge", UNIT, title=text)).title == " ".join(text.split())


def test_a_finding_is_accepted_with_its_rounds() -> None:
    rounds: list[Json] = [
        {"by": "张三", "rectification": "已换灯", "verified_by": "李四", "verdict": "通过"}
    ]
    record = Draft.new(
        "finding", UNIT, title="灯", rounds=rounds, status="已销号", reply="已换"
    ).accepted()
    assert isinstance(record, Finding)
    assert isinstance(record.rounds[0], Round)
    assert record.rounds[0].verdict == "passed"


def test_what_was_typed_goes_on_a_newer_revision_row_by_row() -> None:
    rows = tuple(Clause(key=key, text=f"第{key}条", standard="旧") for key in "abc")
    base = Pledge(id="p", unit=UNIT, title="承诺", clauses=rows, hotline="1")
    draft = Draft.of(base)
    typed = draft.typed("clauses")
    assert isinstance(typed, list)
    mine: list[Any] = [dict(row) for row in typed if isinstance(row, dict)]
    mine[0]["text"] = "我改的"
    draft.enter("clauses", [*mine, {"text": "我加的"}, {"text": ""}])
    draft.enter("hotline", "写错的号码" * 100)
    theirs = (
        replace(rows[0], standard="他们改的"),
        replace(rows[1], text="他们也改的"),
        Clause(key="d", text="他们加的"),
    )
    moved = draft.onto(replace(base, title="新标题", clauses=theirs, revision=2))
    assert moved.problems("hotline")
    moved.enter("hotline", "2")
    found = pledge(moved)
    assert (found.title, found.hotline, found.revision) == ("新标题", "2", 2)
    said = [(clause.text, clause.standard) for clause in found.clauses]
    assert said == [
        ("我改的", "他们改的"),
        ("他们也改的", "旧"),
        ("我加的", ""),
        ("他们加的", ""),
    ]


@given(RECORDS)
def test_a_draft_put_on_its_own_base_says_the_same(record: Record) -> None:
    draft = Draft.of(record)
    draft.raw = {key: draft.typed(key) for key in draft.declared.fields}
    assert draft.onto(record).accepted() == record
