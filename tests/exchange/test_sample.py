"""The sample ledger holds the article whole: every practice, every number, every silence of it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pytest

from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.exchange.sample import OWN_UNIT, make_sample
from sanyou_desktop.ledger.errors import AlreadyThere
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.activity import Activity
from sanyou_desktop.model.announced_rules import announced_rules
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.kinds import KINDS, REPORTED
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.quantity import Quantity, total
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.resources import resource_path

SECTIONS = {"A": 3, "B": 5, "C": 13, "D": 9, "E": 13, "F": 10}
CODES = [f"{part}{at:02}" for part, many in SECTIONS.items() for at in range(1, many + 1)]
# How the article's practices are kept, by kind.
KEPT_AS = {
    "rule": "A02 E03 E04 E06 E08 E09 E10 E12 E13 F08",
    "inspection": "B03 C09 D02 D05 F06 F07",
    "pledge": "B01 B05 C01 C02 C04 C05 C06 C08 C11 C12 D01 D04 D06 D07 D09 E07 F05 F10",
    "activity": "A01 A03 B02 B04 C03 C07 C10 C13 D03 D08 E01 E02 E05 E11 F01 F02 F03 F04 F09",
}
# Every named list of the article, with what it names; an empty text is an item never told.
PLEDGED = {
    "B01": ["做细", "做实", "做好"],
    "B05": ["主动", "认真", "热情"],
    "C01": ["一丝不苟", "满腔热情"],
    "C02": ["态度好", "服务好", "廉政好"],
    "C04": ["领用办公物品预约服务", "大宗办公用品送货上门", "办公设备签约维修"],
    "C06": ["确保优质服务", "塑造优良作风", "创建优美环境"],
    "C11": [
        "不让领导布置的工作在我手里延误", "不让应传递的信息在我手里中断",
        "不让需要办理的文件在我手中积压", "不让各种差错现象在我身上发生",
        "不让来办事的同志在我这里受冷落", "不让各种不正之风在我身上出现",
        "不让工作中不和谐的现象在我身上发生", "不让办公室的形象在我这里受损害",
    ],
    "C12": ["以耐心消烦心", "以公心赢民心", "以热心显爱心", "以精心取放心"],
    "D01": [
        "面向机关内部", "面向离退休老同志", "面向基层",
        "服务对台工作", "服务日常需要", "服务上下往来",
    ],
    "D04": ["速办快通", "及时沟通", "积极疏通"],
    "D06": [""] * 7,
    "D07": ["勤", "严", "和", "忍"],
    "E07": ["工作有章法", "行为有规范", "违规有处理"],
    "F05": ["后勤工作年年有新起色", "工作条件越来越完善", "办公环境越来越优美"],
    "F10": ["无投诉", "无差错", "无事故"],
}  # fmt: skip
INSPECTED = {
    "B03": ["活动开展情况"],
    "C09": ["吃饭", "乘车", "大院安全"],
    "D02": ["查服务", "查作风", "查管理", "查实绩", "查勤廉"],
    "D05": ["查工作质量", "查工作进度", "查办事效率"],
    "F06": ["办公秩序", "环境卫生", "服务用语"],
    "F07": ["门卫值班", "巡逻"],
}
LISTED = {
    "A01": ["优质服务", "优良作风", "优美环境", "做机关满意的后勤部门"],
    "C13": ["请进来", "送出去"],
    "D03": ["满意在食堂", "百日送温暖", "巾帼文明示范窗", "便民服务"],
    "E11": ["专职采购", "库管员", "后勤采购", "仓库保管", "入(出)库", "固定资产管理"],
    "F01": ["办公楼环境改善提高", "办公室内部设备更新更换", "增设绿化墙带"],
    "F09": ["电视监控", "电子巡更"],
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path = tmp_path_factory.mktemp("示例") / "示例.sytz"
    make_sample(path)
    with Ledger.open(path, read_only=True) as ledger:
        yield ledger


def practices(ledger: Ledger) -> dict[str, Record]:
    """Return the records by the number of their practice."""
    return {record.tags[0]: record for kind in REPORTED for record in ledger.records(kind)}


R = TypeVar("R", bound=Record)


def of(kind: type[R], ledger: Ledger, code: str) -> R:
    record = practices(ledger)[code]
    assert isinstance(record, kind)
    return record


def test_all_53_practices_are_there_in_the_kinds_that_fit(sample: Ledger) -> None:
    assert len(CODES) == 53
    assert sorted(practices(sample)) == CODES
    kept = {kind: " ".join(sorted(r.tags[0] for r in sample.records(kind))) for kind in REPORTED}
    assert {kind: codes for kind, codes in kept.items() if codes} == KEPT_AS


def test_30_units_report_and_4_organise(sample: Ledger) -> None:
    units = sample.units()
    roles = Counter(unit.tags[0] for unit in units)
    assert roles == {"报送单位": 30, "组织单位": 4}
    reporting = {unit.code for unit in units if "报送单位" in unit.tags}
    owners = {record.unit for record in practices(sample).values()}
    assert reporting <= owners, "every reporting unit has a practice"
    assert owners <= {unit.code for unit in units}
    assert sample.unit == OWN_UNIT


def test_a_unit_that_the_article_misspells_is_found_under_both_names(sample: Ledger) -> None:
    (unit,) = (unit for unit in sample.units() if unit.code == "350783")
    assert (unit.name, unit.aliases) == ("建瓯市委办公室", ("建欧市委办公室",))
    for name in ("建瓯", "建欧"):
        assert unit.id in {hit.id for hit in sample.search(name)}
    kept = [code for code, record in practices(sample).items() if record.unit == unit.code]
    assert sorted(kept) == ["E09", "E10", "E11"]


def test_44_rules_are_announced_by_4_units_3_titles_known_2_units_without_a_count(
    sample: Ledger,
) -> None:
    found = announced_rules(rule for rule in sample.records("rule") if isinstance(rule, Rule))
    assert (found.announced, found.units) == (44, 4)
    assert (found.known_titles, found.units_without_count) == (3, 2)
    assert str(found) == "44 项（4 个单位报数，已录标题 3/44；2 个单位未报数）"
    counts = {code: of(Rule, sample, code).announced_count for code in ("E03", "E04", "E06", "E09")}
    assert counts == {"E03": 16, "E04": 11, "E06": 12, "E09": 5}
    assert of(Rule, sample, "E08").titles == ("政府采购", "财务管理")
    assert of(Rule, sample, "E08").announced_count is None
    assert of(Rule, sample, "E13").titles == ()


def test_the_money_says_what_it_hides(sample: Ledger) -> None:
    activities = (each for each in sample.records("activity") if isinstance(each, Activity))
    amounts = [each.amount for each in activities if each.amount is not None]
    assert str(total(amounts, "元")) == "≥1,400,000 元(含 1 项约数)"
    assert [amount.as_written for amount in amounts] == ["140多万元"]


@pytest.mark.parametrize(
    ("code", "label", "expected"),
    [
        ("C10", "派车", "283 辆次"),
        ("E01", "调研组", "3 个"),
        ("E01", "地市检察院", "9 个"),
        ("E01", "县区检察院", "≥30 个"),
        ("A03", "汇总的部分", "5 个部分"),
    ],
)
def test_a_figure_is_what_the_article_gives(
    sample: Ledger, code: str, label: str, expected: str
) -> None:
    figures = {row.label: row.quantity for row in of(Activity, sample, code).quantities}
    found = figures[label]
    assert found is not None
    assert found.in_words() == expected


def test_words_without_a_number_stay_words(sample: Ledger) -> None:
    (row,) = of(Activity, sample, "F03").quantities
    assert row.quantity == Quantity(None, "exact", "", "一大批")


def test_every_named_list_of_pledges_has_its_items_the_untold_ones_too(sample: Ledger) -> None:
    pledges = {p.tags[0]: p for p in sample.records("pledge") if isinstance(p, Pledge)}
    found = {code: [row.text for row in p.clauses] for code, p in pledges.items() if p.clauses}
    assert found == PLEDGED
    assert "待补充" in pledges["D06"].tags


def test_zero_targets_are_numbers_each_with_what_it_is_for(sample: Ledger) -> None:
    rows = of(Pledge, sample, "F10").clauses
    assert [(row.standard, row.target) for row in rows] == [
        ("平时保障", Decimal(0)), ("重要保障", Decimal(0)), ("设备保障", Decimal(0)),
    ]  # fmt: skip


def test_every_checklist_has_its_items(sample: Ledger) -> None:
    inspections = [i for i in sample.records("inspection") if isinstance(i, Inspection)]
    assert {i.tags[0]: [row.item for row in i.items] for i in inspections} == INSPECTED
    pairs = [(row.item, row.follow_through) for row in of(Inspection, sample, "D05").items]
    assert pairs == [
        ("查工作质量", "落实工作制度"),
        ("查工作进度", "落实重点工作"),
        ("查办事效率", "落实领导指示"),
    ]  # fmt: skip


def test_every_other_list_has_its_items(sample: Ledger) -> None:
    found = {code: [row.label for row in of(Activity, sample, code).quantities] for code in LISTED}
    assert found == LISTED
    assert of(Rule, sample, "E12").titles == (
        "主任办公会议", "保安人员工作会议", "机关后勤管理人员工作会议",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "field", "expected"),
    [
        ("A02", "issued_on", "2003-08"),
        ("A03", "started_on", "2006-07-24"),
        ("C10", "started_on", "XXXX-05-28"),
    ],
)
def test_a_date_is_as_precise_as_the_article(
    sample: Ledger, code: str, field: str, expected: str
) -> None:
    assert practices(sample)[code].to_json()[field] == expected


def test_no_date_and_no_document_number_is_invented(sample: Ledger) -> None:
    stamps = {"created_at", "updated_at", "deleted_at"}
    dated = {
        (code, key)
        for code, record in practices(sample).items()
        for key, value in record.to_json().items()
        if key not in stamps and re.fullmatch(r"(\d{4}|XXXX)(-\d\d){0,2}", str(value))
    }
    assert dated == {("A02", "issued_on"), ("A03", "started_on"), ("C10", "started_on")}
    rules = [rule for rule in sample.records("rule") if isinstance(rule, Rule)]
    assert {rule.doc_number for rule in rules} == {""}
    assert {(r.approved_on, r.effective_on, r.repealed_on) for r in rules} == {(None, None, None)}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("C08", "原文此处有缺字：「努力做到未雨绸缪，后勤不，」"),
        ("E12", "原文此处有缺字：「以制度为，」"),
        ("D03", "原文四个名称连写，引号已失"),
        ("D06", "原文没有列出四勤三特的各项内容"),
        ("C02", "原文没有这一名称"),
        ("C11", "这一名称原文没有"),
        ("E03", "原文只公布项数，未列名称"),
        ("E13", "既未说明项数，也未列名称"),
        ("E09", "原文单位写作「建欧市委办公室」"),
        ("F04", "是累计数"),
    ],
)
def test_damage_and_silence_of_the_source_are_said_in_the_notes(
    sample: Ledger, code: str, said: str
) -> None:
    assert said in practices(sample)[code].notes


def test_people_stand_with_their_posts(sample: Ledger) -> None:
    assert practices(sample)["B01"].person == "鲍绍坤"
    assert "省委常委、政法委书记" in practices(sample)["B01"].notes
    assert practices(sample)["B04"].person == "杜成山"
    (unit,) = (unit for unit in sample.units() if unit.code == "350000-12")
    assert isinstance(unit, Unit)
    assert [(one.name, one.post) for one in unit.leading_group] == [
        ("杜成山", "省人大常委会副秘书长")
    ]


def test_the_second_round_began_in_august_2003(sample: Ledger) -> None:
    written = [record.to_json() for record in sample.records("round")]
    rounds = {str(r["name"]): (r["from"], r["to"]) for r in written}
    assert rounds == {
        "第一轮三优一满意活动": (None, None),
        "第二轮三优一满意活动": ("2003-08", None),
    }


def test_nothing_is_confidential_and_everything_can_be_reported(
    sample: Ledger, tmp_path: Path
) -> None:
    assert str(export_report(sample, tmp_path / "示例.xlsx")) == "共 53 条记录。"


def test_the_sample_ledger_is_sound(sample: Ledger) -> None:
    assert sample.verify() == []


def test_making_it_tells_how_many_records_and_reports_progress(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    made = make_sample(tmp_path / "示例.sytz", lambda done, total: told.append((done, total)))
    assert made == 53 + 34 + 2
    assert told[-1] == (made, made)


def test_it_is_never_made_over_something(tmp_path: Path) -> None:
    path = tmp_path / "示例.sytz"
    path.write_bytes(b"mine")
    with pytest.raises(AlreadyThere):
        make_sample(path)
    assert path.read_bytes() == b"mine"


def test_the_resource_files_have_no_keys_that_a_kind_does_not_know() -> None:
    rows: list[dict[str, Any]] = json.loads(
        resource_path("sample", "practices.json").read_text(encoding="utf-8")
    )
    for row in rows:
        assert set(row) - {"kind"} <= set(KINDS[row["kind"]].fields)
