"""Every kind has the fields that others rely on, and says what is wrong in words of the form."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sanyou_desktop.model.campaign_round import CampaignRound
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Field, Rows, fields_of
from sanyou_desktop.model.finding import Finding, Round
from sanyou_desktop.model.from_list import pledge_of as pledge_from
from sanyou_desktop.model.fulfilling import finding_of
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.kinds import KINDS, REPORTED, kind_of
from sanyou_desktop.model.pledge import Clause, Fulfilment, Pledge
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.model.record import Record, stricter
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.scheme import Entry, Scheme
from sanyou_desktop.model.survey import Survey
from sanyou_desktop.model.unit import Unit

UNIT = "350300"
COMMON = (
    "id unit number title themes department person status tags notes confidential revision "
    "created_at updated_at deleted_at"
)
# Fixed: programs outside the project read and write these. Fields may be added, never renamed.
OWN = {
    "pledge": "audience statement clauses published_on published_where hotline valid_from "
    "valid_until fulfilments",
    "rule": "doc_number genre category basis approved_on approved_by issued_on joint_issuers "
    "effective_on review_by repealed_on version replaces announced_count titles text "
    "interpreter reviews",
    "inspection": "scheme inspected_on inspectors inspected_unit place items self_score conclusion "
    "planned_on plan previous",
    "finding": "source inspection item against place description severity raised_on raised_by "
    "measure due_on rounds replied_on reply closed_on item_key clause continuing_reason "
    "reopenings slips",
    "survey": "held_on method respondents distributed returned very_satisfied satisfied "
    "basically_satisfied dissatisfied not_rated suggestions",
    "activity": "category started_on ended_on narrative participants quantities amount outcome",
    "scheme": "use source announced_count entries purpose incomplete",
    "plan": "scheme checklist frequency starts_on ends_on on_rest_days inspected_units place "
    "inspectors",
    "unit": "code name aliases level superior division leading_group contact phone",
    "round": "name from to",
    "request": "from to due_on units",
    "submission": "reporter reporter_name from to version received_on made_at file_name manifest "
    "rows returned_on comments",
}
ROWS = {
    "pledge.clauses": "text standard time_limit target",
    "pledge.fulfilments": "on clause outcome evidence",
    "inspection.items": "item follow_through standard full_score deduction occurrences score "
    "veto result remark",
    "finding.rounds": "rectified_on by rectification verified_on verified_by verdict opinion",
    "finding.reopenings": "on by reason round closed_on replied_on reply",
    "finding.slips": "number issued_on level demand due_on",
    "rule.reviews": "on by outcome opinion",
    "scheme.entries": "text follow_through standard time_limit target full_score deduction veto",
    "activity.quantities": "label quantity",
    "unit.leading_group": "name post role",
    "request.units": "unit name excused remark",
    "submission.comments": "about text due_on record",
}
STATUSES = {
    "pledge": "draft published ended",
    "rule": "drafting consultation in_force revising repealed",
    "inspection": "planned done closed",
    "finding": "open rectifying continuing rectified closed",
    "request": "open closed",
    "submission": "received accepted returned superseded",
}


@pytest.mark.parametrize("kind", OWN)
def test_a_kind_has_its_fixed_fields(kind: str) -> None:
    missing = {*COMMON.split(), *OWN[kind].split()} - set(kind_of(kind).fields)
    assert not missing


@pytest.mark.parametrize("rows", ROWS)
def test_rows_have_their_fixed_columns_and_a_key(rows: str) -> None:
    kind, key = rows.split(".")
    field = kind_of(kind).fields[key]
    assert isinstance(field, Rows)
    assert set(ROWS[rows].split()) <= set(field.columns)
    assert "key" in fields_of(field.row)
    assert "key" not in field.columns


@pytest.mark.parametrize("kind", STATUSES)
def test_a_kind_has_its_fixed_statuses(kind: str) -> None:
    values = [option.value for option in kind_of(kind).statuses]
    assert values == STATUSES[kind].split()


def test_no_kind_is_without_a_contract() -> None:
    assert set(KINDS) == set(OWN)
    assert set(REPORTED) == set(OWN) - {
        "scheme",
        "plan",
        "unit",
        "round",
        "request",
        "submission",
    }


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_kind_is_declared_whole(kind: str) -> None:
    declared = KINDS[kind]
    assert declared.record.kind == kind
    assert declared.record().status in {option.value for option in declared.statuses}
    if kind not in ("unit", "scheme"):
        assert declared.record.occurred in declared.fields


def labels(field: Field[Any]) -> list[str]:
    found = [field.title, *field.aliases]
    if isinstance(field, Rows):
        found += [label for column in field.columns.values() for label in labels(column)]
    return found


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_label_is_chinese_and_names_one_field_of_the_kind(kind: str) -> None:
    declared = KINDS[kind]
    titles = [field.title for field in declared.fields.values()]
    assert len(set(titles)) == len(titles)
    for field in declared.fields.values():
        for label in labels(field):
            assert re.search("[\u4e00-\u9fff]", label), label


def test_an_unknown_kind_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        kind_of("colour")


# What is wrong between the fields


def sentences(record: Record) -> list[str]:
    return [str(problem) for problem in record.problems()]


def test_a_problem_says_where_it_is() -> None:
    assert str(Problem("", "", "不能保存")) == "不能保存"
    assert str(Problem("title", "标题", "必填")) == "标题：必填"
    whole = Problem("clauses", "承诺条款", "最多 500 字", 1, "time_limit", "办理时限")
    assert str(whole) == "承诺条款 第 2 行 办理时限：最多 500 字"


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_record_that_was_just_begun_has_nothing_wrong_between_its_fields(kind: str) -> None:
    assert sentences(KINDS[kind].record(unit=UNIT, title="甲")) == []


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("pledge", "valid_from", "valid_until"),
        ("rule", "issued_on", "repealed_on"),
        ("rule", "effective_on", "repealed_on"),
        ("finding", "raised_on", "due_on"),
        ("finding", "raised_on", "replied_on"),
        ("finding", "raised_on", "closed_on"),
        ("activity", "started_on", "ended_on"),
        ("round", "from", "to"),
    ],
)
def test_an_end_before_its_beginning_names_both_dates(kind: str, first: str, last: str) -> None:
    name = {"name": "甲"} if kind == "round" else {"title": "甲"}
    draft = Draft.from_json(kind, name | {first: "2026-03-02", last: "2026-03-01"}, UNIT)
    (found,) = draft.problems()
    titles = kind_of(kind).fields
    assert found.field == last
    assert str(found).startswith(f"{titles[last].title}：{titles[last].title} 2026-03-01 早于")
    assert f"{titles[first].title} 2026-03-02" in str(found)
    # What may still be in order is not complained of.
    for may_be in ("2026-03", "2026", "XXXX-03-01", "2026-03-02"):
        draft.enter(last, may_be)
        assert draft.problems() == ()


def test_a_fulfilment_of_no_clause_names_its_row() -> None:
    clauses = (Clause(key="a", text="无投诉"),)
    fulfilments = (Fulfilment(key="1", clause="a"), Fulfilment(key="2", clause="b"))
    record = Pledge(title="甲", clauses=clauses, fulfilments=fulfilments)
    assert sentences(record) == ["履行记录：第 2 行所对应的条款已不存在，请重新选择条款"]


def test_a_rule_cannot_replace_itself_or_have_more_titles_than_announced() -> None:
    record = Rule(id="x", title="甲", replaces="x", announced_count=1, titles=("乙", "丙"))
    assert sentences(record) == [
        "替代制度：制度不能替代自身，请选择被替代的旧制度",
        "已知名称：已录名称 2 项，多于公布的 1 项，请核对公布项数",
    ]


def test_a_score_above_the_full_score_names_its_row() -> None:
    items = (Item(key="a"), Item(key="b", full_score=Decimal(5), score=Decimal(6)))
    found = sentences(Inspection(title="甲", items=items))
    assert found == ["检查项目 第 2 行 得分：得分 6 高于满分 5，请改为不高于满分"]


def rectified(**given: Any) -> Round:
    return Round(rectification="已换灯", **given)


@pytest.mark.parametrize(
    ("last", "found"),
    [
        (None, "销号前须有一轮复查通过的整改"),
        (rectified(by="张三", verified_by="李四"), "销号前须有一轮复查通过的整改"),
        (
            rectified(by="张三", verified_by="李四", verdict="failed", opinion="还不亮"),
            "销号前须有一轮复查通过的整改",
        ),
        (rectified(by="张三", verdict="passed"), "复查人须填写，且不能是整改人本人"),
        (rectified(by="张三", verified_by="张三", verdict="passed"), "不能是整改人本人"),
        (rectified(by="张三", verified_by="张 三", verdict="passed"), "不能是整改人本人"),
        (
            rectified(by="张三、李四", verified_by="李四，张三", verdict="passed"),
            "不能是整改人本人",
        ),
    ],
)
def test_a_finding_closes_only_after_somebody_elses_check(last: Round | None, found: str) -> None:
    first = rectified(by="王五", verified_by="李四", verdict="failed", opinion="还不亮")
    rounds = (first, last) if last else ()
    record = Finding(title="灯", status="closed", reply="已换", rounds=rounds)
    (sentence,) = sentences(record)
    assert sentence.startswith("整改过程：")
    assert found in sentence


def test_a_finding_closes_only_after_a_reply() -> None:
    passed = (rectified(by="张三、李四", verified_by="张三、王五", verdict="passed"),)
    unanswered = Finding(title="灯", status="closed", rounds=passed)
    assert sentences(unanswered) == ["回音内容：销号前须答复提出人，请填写回音内容或回音日期"]
    answered = Finding(title="灯", status="closed", rounds=passed, replied_on=PartialDate(2026))
    assert sentences(answered) == []


@pytest.mark.parametrize(
    ("due", "status", "days"),
    [
        ("2026-03-01", "open", 9),
        ("2026-03-01", "closed", 0),
        ("2026-03-10", "open", 0),
        # By the end of the month at the latest.
        ("2026-03", "open", 0),
        ("2026-02", "continuing", 10),
        ("2026-03-01", "rectifying", 9),
        # What is rectified waits for its re-check, not for whoever had to rectify it.
        ("2026-03-01", "rectified", 0),
        ("XXXX-03-01", "open", 0),
    ],
)
def test_a_finding_is_overdue_once_the_last_day_of_its_limit_is_past(
    due: str, status: str, days: int
) -> None:
    record = Finding(title="灯", due_on=PartialDate.parse(due), status=status)
    assert record.overdue_days(date(2026, 3, 10)) == days
    assert Finding(title="灯").overdue_days(date(2026, 3, 10)) == 0


def test_more_answers_than_forms_are_a_mistake() -> None:
    assert sentences(Survey(title="甲", distributed=10, returned=11)) == [
        "收回份数：收回 11 份多于发出 10 份，请核对这两个数"
    ]
    assert sentences(Survey(title="甲", returned=5, satisfied=4, not_rated=2)) == [
        "很满意：各档合计 6 份多于收回 5 份，请核对各档和收回份数"
    ]
    assert sentences(Survey(title="甲", satisfied=4)) == []


def test_rates_are_computed_of_what_is_known() -> None:
    survey = Survey(
        title="甲", distributed=400, returned=369, very_satisfied=100, satisfied=200,
        basically_satisfied=50, dissatisfied=10, not_rated=9,
    )  # fmt: skip
    assert survey.return_rate() == Decimal("92.3")
    assert survey.satisfaction_rate() == Decimal("97.2")
    assert Survey(title="甲", returned=3).return_rate() is None
    assert Survey(title="甲", distributed=0, returned=0).return_rate() is None
    assert Survey(title="甲", not_rated=3).satisfaction_rate() is None


def test_units_and_rounds_are_titled_by_their_names() -> None:
    assert Unit(code="1", name="莆田市").completed().title == "莆田市"
    assert CampaignRound(name="第一轮", title="旧").completed().title == "第一轮"


def test_a_record_knows_when_it_occurred() -> None:
    day = PartialDate(2026, 3)
    assert Survey(held_on=day).occurred_on() == day
    assert CampaignRound(from_=day).occurred_on() == day
    assert Unit().occurred_on() is None


def test_the_index_of_a_survey_shows_its_weights() -> None:
    survey = Survey(title="甲", very_satisfied=50, satisfied=30, basically_satisfied=10,
                    dissatisfied=10, not_rated=5)  # fmt: skip
    assert survey.satisfaction_index() == Decimal("80.0")
    assert list(map(int, survey.index_weights())) == [100, 80, 60, 0]
    own = replace(survey, weights="100 / 75／50/0")
    assert own.satisfaction_index() == Decimal("77.5")
    assert sentences(own) == []
    strict = replace(survey, basic_excluded=True)
    assert survey.satisfaction_rate() == Decimal(90)
    assert strict.satisfaction_rate() == Decimal(80)
    assert Survey(title="甲").satisfaction_index() is None


@pytest.mark.parametrize("weights", ["100", "100/80/60", "0/60/80/100", "120/80/60/0", "a/b/c/d"])
def test_weights_that_are_none_are_refused(weights: str) -> None:
    (told,) = sentences(Survey(title="甲", weights=weights))
    assert "100/80/60/0" in told


def test_a_deduction_beyond_the_full_score_is_refused() -> None:
    items = (Item(key="a", full_score=Decimal(5), deduction=Decimal(6)),)
    assert sentences(Inspection(title="甲", items=items)) == [
        "检查项目 第 1 行 每处扣分：每处扣分 6 高于满分 5，请改小（扣到 0 分为止）"
    ]


def test_more_answers_than_were_handed_out_are_a_mistake() -> None:
    (told,) = sentences(Survey(title="甲", distributed=10, very_satisfied=50))
    assert "多于发出 10 份" in told


def test_what_is_made_of_two_records_has_the_stricter_mark() -> None:
    assert stricter("", "internal") == "internal"
    assert stricter("secret", "internal") == "secret"


def test_a_problem_or_a_pledge_made_of_something_confidential_is_confidential_too() -> None:
    clause = Clause(key="a", text="会议零差错")
    pledge = Pledge(title="甲", id="p", clauses=(clause,), confidential="secret")
    entry = Fulfilment(key="f", clause="a", outcome="broken")
    assert finding_of(pledge, entry).confidential == "secret"
    listed = Scheme(title="密", entries=(Entry(key="1", text="查甲"),), confidential="internal")
    assert pledge_from(listed, UNIT).accepted().confidential == "internal"


def test_a_score_without_a_full_score_stays_as_typed() -> None:
    made = Inspection(title="甲", items=(Item(key="a", item="楼道", score=Decimal(8)),))
    assert made.completed().items[0].score == 8
