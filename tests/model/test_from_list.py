"""What is begun from a list: its known entries, as typed, and a word on those that are missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.from_list import (
    inspection_of,
    missing_told,
    pledge_of,
    usual_pledge_of,
    with_items_of,
    zero_target_pledge_of,
)
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.scheme import Entry, Scheme

PAIRED = Scheme(
    title="三查三落实",
    themes=("conduct",),
    entries=(
        Entry(key="a", text="查工作质量", follow_through="落实工作制度", full_score=Decimal(10)),
        Entry(key="b"),
        Entry(key="c", text="查办事效率", deduction=Decimal("0.5"), veto=True),
    ),
    announced_count=3,
)


def test_a_pledge_has_a_clause_for_each_known_entry() -> None:
    draft = pledge_of(PAIRED, "u")
    pledge = draft.accepted()
    assert isinstance(pledge, Pledge)
    assert (pledge.id, pledge.unit, pledge.status) == ("", "u", "draft")
    assert (pledge.title, pledge.themes) == ("三查三落实", ("conduct",))
    assert [(clause.text, clause.standard, clause.target) for clause in pledge.clauses] == [
        ("查工作质量", "落实工作制度", None),
        ("查办事效率", "", None),
    ]
    assert draft.is_dirty
    assert len({clause.key for clause in pledge.clauses}) == 2


def test_zero_targets_are_zero_and_called_so() -> None:
    pledge = zero_target_pledge_of(PAIRED, "u").accepted()
    assert isinstance(pledge, Pledge)
    assert pledge.title == "三查三落实零目标"
    assert [clause.target for clause in pledge.clauses] == [0, 0]


def test_a_list_of_zero_targets_becomes_them() -> None:
    none = Scheme(title="三无", use="zero_target", entries=(Entry(key="a", text="无投诉"),))
    pledge = usual_pledge_of(none, "u").accepted()
    assert isinstance(pledge, Pledge)
    assert pledge.title == "三无"
    assert pledge.clauses[0].target == 0
    assert usual_pledge_of(PAIRED, "u").typed("title") == "三查三落实"


def test_an_inspection_is_planned_by_the_list() -> None:
    check = inspection_of(PAIRED, "u", date(2026, 3, 2)).accepted()
    assert isinstance(check, Inspection)
    assert (check.title, check.scheme, check.status) == ("三查三落实", "三查三落实", "planned")
    assert check.planned_on == PartialDate.parse("2026-03-02")
    assert check.inspected_on is None
    first, last = check.items
    assert (first.item, first.follow_through) == ("查工作质量", "落实工作制度")
    assert first.full_score == 10
    assert (last.deduction, last.veto) == (Decimal("0.5"), True)


def test_every_row_is_held_as_an_editor_holds_it() -> None:
    draft = inspection_of(PAIRED, "u", date(2026, 3, 2))
    field = draft.declared.fields["items"]
    assert draft.raw["items"] == field.typed(field.read(draft.raw["items"]))


def test_an_inspection_that_names_a_list_is_filled_by_it() -> None:
    planned = Draft.from_json("inspection", {"title": "三月检查", "place": "食堂"}, "u").accepted()
    assert isinstance(planned, Inspection)
    draft = with_items_of(PAIRED, planned)
    filled = draft.accepted()
    assert isinstance(filled, Inspection)
    assert (filled.title, filled.place, filled.scheme) == ("三月检查", "食堂", "三查三落实")
    assert len(filled.items) == 2
    assert "还缺 1 项" in draft.told


def test_missing_entries_are_told() -> None:
    assert missing_told(PAIRED) == (
        "清单「三查三落实」待补充：已用上录入的 2 项，还缺 1 项。"
        "缺的项可以在这里直接填写，也可以先去补充清单。"
    )
    assert missing_told(Scheme(title="空")).startswith("清单「空」的内容待补充，一项也没有录入")
    assert missing_told(Scheme(title="全", entries=(Entry(key="a", text="一"),))) == ""
    assert pledge_of(PAIRED, "u").told == missing_told(PAIRED)
