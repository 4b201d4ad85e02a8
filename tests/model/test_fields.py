"""What every field type obeys, and what each says when it refuses."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import (
    Amount,
    Choice,
    Choices,
    Count,
    Date,
    Field,
    Flag,
    Identifier,
    Instant,
    Json,
    LongText,
    Money,
    Names,
    Number,
    Option,
    Refused,
    Rows,
    Text,
    fields_of,
    is_blank,
)
from sanyou_desktop.model.kinds import KINDS
from sanyou_desktop.model.pledge import Clause
from sanyou_desktop.model.quantity import Quantity
from tests.drawn import raw_of

DECLARED = [
    pytest.param(field, id=f"{kind.key}.{key}")
    for kind in KINDS.values()
    for key, field in kind.fields.items()
]
GRADES = (Option("good", "好"), Option("bad", "差"))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=8,
)


def read(field: Field[Any], raw: Json) -> Any:
    try:
        return field.read(raw)
    except Refused:
        assume(False)


@pytest.mark.parametrize("field", DECLARED)
@given(data=st.data())
@settings(max_examples=15)
def test_what_is_written_is_read_as_the_same_value(field: Field[Any], data: st.DataObject) -> None:
    value = read(field, data.draw(raw_of(field)))
    written = json.loads(json.dumps(field.write(value)))
    assert field.kept(written) == value
    assert field.read(written) == value


@pytest.mark.parametrize("field", DECLARED)
@given(data=st.data())
@settings(max_examples=15)
def test_what_an_editor_shows_is_read_as_the_same_value(
    field: Field[Any], data: st.DataObject
) -> None:
    value = read(field, data.draw(raw_of(field)))
    assert field.read(field.typed(value)) == value


@pytest.mark.parametrize("field", DECLARED)
@given(raw=JSON)
@settings(max_examples=20)
def test_any_raw_input_is_taken_or_refused_with_a_sentence(field: Field[Any], raw: Json) -> None:
    try:
        value = field.read(raw)
    except Refused as refusal:
        faults = refusal.faults
        assert all(fault.message for fault in faults)
        return
    written = json.dumps(field.write(value), ensure_ascii=False)
    assert field.kept(json.loads(written)) == value
    written.encode()
    assert isinstance(field.show(value), str)


@pytest.mark.parametrize("field", DECLARED)
def test_an_empty_value_is_empty_however_it_is_given(field: Field[Any]) -> None:
    if field.required:
        with pytest.raises(Refused, match="必填"):
            field.read("  ")
        return
    assert field.is_empty(field.read(None))
    assert field.is_empty(field.read(" \n"))
    assert field.is_empty(field.read(field.typed(field.empty)))
    assert field.kept(None) == field.empty


@given(raw=st.text())
def test_text_never_holds_control_characters_or_breaks(raw: str) -> None:
    text = Text("").read(raw) if len(raw) <= 500 else ""
    assert not any(char in text for char in "\x00\r\n\t\x1b\u2028")
    assert text == text.strip()


def test_pasted_line_breaks_become_one_space_and_long_text_keeps_them() -> None:
    assert Text("").read(" 一\r\n\t二 ") == "一 二"
    assert LongText("").read("一\r\n二\r三") == "一\n二\n三"


def test_half_a_character_is_refused() -> None:
    for field in (Text(""), LongText(""), Names(""), Amount(""), Money("")):
        with pytest.raises(Refused, match="不完整的字符"):
            field.read("车\ud83d")


def test_too_long_a_text_is_refused_with_both_lengths() -> None:
    with pytest.raises(Refused, match="最多 3 字，现有 4 字"):
        Text("", max_length=3).read("一二三四")


def test_a_choice_is_read_by_value_or_label() -> None:
    choice = Choice("", enum=GRADES)
    assert choice.read("good") == choice.read(" 好 ") == "good"
    assert choice.show("bad") == "差"
    assert choice.show("of a newer version") == "of a newer version"
    with pytest.raises(Refused, match="没有「中」这个选项，可选：好、差"):
        choice.read("中")


def test_choices_come_in_the_declared_order_each_once() -> None:
    field = Choices("", enum=GRADES)
    assert field.read("差、好，差") == ("good", "bad")
    assert field.show(("good", "bad")) == "好、差"


@pytest.mark.parametrize("raw", ["是", "true", "1", 1, True, "√", " YES "])
def test_a_yes_is_understood(raw: Json) -> None:
    assert Flag("").read(raw) is True


@pytest.mark.parametrize("raw", ["否", "false", 0, False, None, "×"])
def test_a_no_is_understood(raw: Json) -> None:
    assert Flag("").read(raw) is False


def test_a_flag_does_not_guess() -> None:
    with pytest.raises(Refused, match="应为是或否"):
        Flag("").read("也许")


def test_names_are_split_at_any_usual_mark_and_kept_once() -> None:
    assert Names("").read("张三、李四，王五;张三\n赵六") == ("张三", "李四", "王五", "赵六")
    assert Names("").read(["规定、办法"]) == ("规定、办法",)


def test_a_mark_inside_a_title_does_not_part_it() -> None:
    titles = Names("").read("《车辆、会议管理规定》、接待办法，《食堂制度》")
    assert titles == ("《车辆、会议管理规定》", "接待办法", "《食堂制度》")
    assert Names("").read('甲、 "规定、""办法""" ,乙') == ("甲", '规定、"办法"', "乙")
    assert Names("").read('《甲、乙"') == ("《甲", '乙"')


@pytest.mark.parametrize(
    "names", [("规定、办法", "甲"), ("《甲", "乙》"), ('"甲', '乙"'), (";",), ("》甲《", "乙")]
)
def test_names_that_would_be_taken_apart_are_typed_in_quotes(names: tuple[str, ...]) -> None:
    typed = Names("").typed(names)
    assert isinstance(typed, str)
    assert typed.startswith('"')
    assert Names("").read(typed) == names


@given(st.lists(st.text('甲乙、,;"《》 ', min_size=1).filter(str.strip), unique=True).map(tuple))
def test_any_names_are_read_back_from_one_line(names: tuple[str, ...]) -> None:
    names = Names("").read(list(names))
    assert Names("").read(Names("").typed(names)) == names


def test_an_amount_whose_words_say_less_than_it_keeps_its_parts() -> None:
    field = Amount("")
    value = field.read({"value": "283", "unit": "辆次", "as_written": "派车若干"})
    assert field.typed(value) == field.write(value)
    assert field.typed(field.read("283辆次")) == "283辆次"


@pytest.mark.parametrize("raw", ["１２，０００", "12,000", 12000, "12000.0", " 12000 "])
def test_a_count_is_read_as_typed(raw: Json) -> None:
    assert Count("").read(raw) == 12000


@pytest.mark.parametrize("raw", ["1,2", "3 5", "1_2", "1e400", "NaN", "Infinity", True, "-1", 1.5])
def test_a_count_does_not_guess(raw: Json) -> None:
    with pytest.raises(Refused):
        Count("").read(raw)


def test_a_number_has_no_more_digits_than_are_kept() -> None:
    assert Number("").read("123456.789") == Decimal("123456.789")
    with pytest.raises(Refused, match="15 位有效数字"):
        Number("").read("0.12345678901234567890")


def test_a_number_outside_its_limits_is_refused_with_the_limit() -> None:
    field = Number("", minimum=Decimal(0), maximum=Decimal("99.5"))
    with pytest.raises(Refused, match=r"不能大于 99\.5"):
        field.read(100)
    with pytest.raises(Refused, match="不能小于 0"):
        field.read(-1)


def test_a_date_keeps_its_precision() -> None:
    assert Date("").read("2006年7月") == PartialDate(2006, 7)
    with pytest.raises(Refused, match="没有 29 日，可填 2025-02-28 或 2025-02"):
        Date("").read("2025-02-29")


def test_a_moment_is_kept_in_utc_to_the_millisecond() -> None:
    assert Instant("").read("2026-11-23T08:00:00+08:00") == "2026-11-23T00:00:00.000Z"
    with pytest.raises(Refused):
        Instant("").read("昨天")


def test_an_identifier_is_canonical() -> None:
    canonical = "0192d6b0-0000-7000-8000-000000000000"
    assert Identifier("").read(canonical.upper()) == canonical
    assert Identifier("").read(canonical.replace("-", "")) == canonical
    with pytest.raises(Refused):
        Identifier("").read("不是标识")


def test_money_is_in_yuan_unless_it_says_otherwise() -> None:
    assert Money("").read("140多万") == Quantity(Decimal(1400000), "over", "元", "140多万")
    assert Money("").read(1200.5) == Quantity(Decimal("1200.5"), "exact", "元", "1200.5")
    assert Money("").read({}) is None


@pytest.mark.parametrize(
    "raw",
    [
        {"value": "多"},
        {"value": "1e-999999999"},
        {"value": 1e16},
        {"value": True},
        {"value": 1, "qualifier": ["over"]},
        {"value": 1, "qualifier": "roughly"},
        {"worth": 1},
        True,
    ],
)
def test_a_quantity_from_outside_is_refused_if_any_part_is_wrong(raw: Json) -> None:
    with pytest.raises(Refused):
        Amount("").read(raw)


def test_a_number_too_large_to_keep_stays_as_its_words() -> None:
    assert Money("").read("99999999999999999999亿元") == Quantity(
        None, "exact", "元", "99999999999999999999亿元"
    )


def clauses(raw: Json) -> tuple[Any, ...]:
    return Rows("", row=Clause).read(raw)


def test_rows_without_content_are_dropped_and_new_ones_get_a_key() -> None:
    rows = clauses([{"text": "无投诉", "target": 0}, {"text": " "}, "有问必答"])
    assert [row.text for row in rows] == ["无投诉", "有问必答"]
    assert rows[0].target == 0
    assert len({row.key for row in rows}) == 2


def test_a_row_with_only_a_key_is_a_place_kept() -> None:
    assert clauses([{"key": "a", "text": ""}]) == (Clause(key="a"),)


def test_every_fault_of_every_row_is_named() -> None:
    with pytest.raises(Refused) as refusal:
        clauses([{"text": "好", "target": "多"}, {"colour": 1}, 7, {"key": "a"}, {"key": "a"}])
    places = {(fault.row, fault.column) for fault in refusal.value.faults}
    assert places >= {(0, "target"), (1, "colour"), (2, None)}


def test_two_rows_cannot_share_a_key() -> None:
    with pytest.raises(Refused, match="行标识「a」重复"):
        clauses([{"key": "a"}, {"key": "a", "text": "好"}])


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(Refused, match="最多 2 行，现有 3 行"):
        Rows("", row=Clause, max_items=2).read(["一", "二", "三"])


def test_rows_are_shown_as_numbered_lines() -> None:
    shown = Rows("", row=Clause).show((Clause(key="a", text="无投诉", target=Decimal(0)),))
    assert shown == "1. 无投诉；0"


@pytest.mark.parametrize("raw", [None, "", " \n", [], [None, ""], {"a": " "}, False])
def test_nothing_is_blank(raw: Json) -> None:
    assert is_blank(raw)


def test_zero_is_not_blank() -> None:
    assert not is_blank(0)
    assert not is_blank({"target": 0})


def test_an_attribute_without_a_field_is_a_mistake_in_the_declaration() -> None:
    class Wrong:
        text: str

    with pytest.raises(TypeError, match=r"Wrong\.text must declare exactly one field"):
        fields_of(Wrong)


def test_what_a_newer_version_accepted_stays_readable() -> None:
    assert Choice("", enum=GRADES).kept("splendid") == "splendid"
    assert Text("", max_length=2).kept("一二三") == "一二三"
    (clause,) = Rows("", row=Clause).kept([{"key": "a", "text": "一" * 3000, "colour": "红"}])
    assert clause == Clause(key="a", text="一" * 3000)
