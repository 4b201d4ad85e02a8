"""What the document says, and what it does not: facts, honest numbers, nothing invented."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.activity import Activity, Figure
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.indicators import Tallies
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.pledge import Clause, Pledge
from sanyou_desktop.model.quantity import QUALIFIERS, Quantity, total
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.summary import Heading, Paragraph, Table
from sanyou_desktop.model.summary.parts import MOST_BY_TITLE, MOST_IN_FULL
from sanyou_desktop.model.survey import Survey
from sanyou_desktop.model.unit import Unit
from tests.model.summary.saying import OWN, TODAY, text_of, told

QUARTER = Period.between("2026-01", "2026-03")


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def headings(records: list[object]) -> list[str]:
    summary = told(records)  # type: ignore[arg-type] # records of any kind
    return [one.text for one in summary.body if isinstance(one, Heading) and one.level == 1]


def test_an_empty_ledger_makes_a_document_that_says_so_and_no_more() -> None:
    summary = told([])

    assert summary.body == (Paragraph("台账中没有可写入总结的记录。"),)
    assert summary.annexes == ()
    assert summary.records == 0
    assert any("没有可写的记录" in str(remark) for remark in summary.remarks)


def test_a_year_with_nothing_names_the_year() -> None:
    summary = told(
        [Activity(unit="u", title="甲", started_on=day("2025-03"))], Period.between("2026", "2026")
    )

    assert summary.body == (Paragraph("2026年（截至11月28日），台账中没有可写入总结的记录。"),)
    assert "2026年三优一满意活动工作总结" in summary.plain_title


def test_sections_are_numbered_in_order_and_empty_ones_left_out() -> None:
    found = headings(
        [
            Rule(unit="u", title="车辆管理办法", status="in_force"),
            Survey(unit="u", title="年中测评", status="done", very_satisfied=3),
        ]
    )

    assert found == ["一、规章制度", "二、满意度测评"]


def test_one_unit_speaks_of_itself_and_several_are_named() -> None:
    own = Activity(unit="u", title="联合演练", category="service")
    other = Activity(unit="v", title="送温暖", category="service")

    alone = text_of(told([own]))
    both = text_of(told([own, other], names={"v": "安海镇政府"}))

    assert "我单位登记开展三优一满意活动的记录1件" in alone
    assert "晋江市政府办公室：" not in alone
    assert "2个单位登记" in both
    assert "安海镇政府：送温暖" in both
    assert "晋江市政府办公室：联合演练" in both


def test_an_uncertain_amount_keeps_its_words_and_its_bound() -> None:
    amount = Quantity(Decimal(1_400_000), "over", "元", "140多万元")
    text = text_of(
        told([Activity(unit="u", title="完善设施", category="investment", amount=amount)])
    )

    assert "投入金额140多万元（不少于140万元）" in text
    assert "登记投入1项，合计不少于140万元（含1项约数）。" in text


def yuan_after(opening: str, text: str) -> list[Decimal]:
    """Return the sums in yuan that stand behind some words, whatever they are counted in."""
    factors = {"": 1, "万": 10_000, "亿": 100_000_000}
    found = re.findall(re.escape(opening) + r"([\d,.]+)(万|亿|)元", text)
    return [Decimal(number.replace(",", "")) * factors[unit] for number, unit in found]


def test_a_deed_is_not_told_twice() -> None:
    text = text_of(
        told(
            [
                Activity(
                    unit="u", title="召开推进会", category="leadership",
                    started_on=PartialDate(2026, 1, 12),
                    narrative="召开推进会，由综合科牵头。",
                )
            ]
        )
    )  # fmt: skip

    assert "2026年1月12日，召开推进会，由综合科牵头。" in text
    assert text.count("召开推进会") == 1


def test_what_all_inspections_looked_at_is_said_once() -> None:
    held = [
        Inspection(
            unit="u", title=f"{month}月检查", status="done", scheme="日常",
            inspected_on=PartialDate(2026, month, 15),
            items=(Item(key="a", item="查服务"), Item(key="b", item="查作风")),
        )
        for month in (1, 2, 3)
    ]  # fmt: skip

    assert text_of(told(held)).count("查服务、查作风") == 1
    assert "各次检查的项目均为查服务、查作风2项。" in text_of(told(held))
    assert text_of(told(held[:2])).count("检查项目2项：查服务、查作风") == 2


def test_rules_of_which_every_category_has_one_stand_together() -> None:
    rules = [
        Rule(unit="u", title=f"{name}规定", category=category, status="in_force")
        for name, category in (("接待", "reception"), ("车辆", "vehicles"), ("采购", "procurement"))
    ]

    assert "接待制度" not in text_of(told(rules))
    assert "（一）接待制度" in text_of(told(rules[:2]))


def test_whom_to_ask_stands_below_the_date() -> None:
    own = replace(OWN, contact="林美华", phone="0594-2281234")
    lines = text_of(told([], own=own)).splitlines()

    assert lines[-1] == "（联系人：林美华，联系电话：0594-2281234）"
    assert "联系人" not in text_of(told([]))


def test_a_superior_of_which_only_the_code_is_known_is_said_so() -> None:
    def said(own: Unit) -> str:
        return "".join(str(one) for one in told([], own=own, superior="").remarks)

    assert "上级单位只登记了代码，没有名称" in said(replace(OWN, superior="350000"))
    assert "没有登记上级单位，文中没有主送机关" in said(OWN)


def test_what_is_about_so_much_is_not_said_to_be_so_twice() -> None:
    amount = Quantity(Decimal(30_000), "about", "元", "约3万元")

    text = text_of(told([Activity(unit="u", title="甲", category="investment", amount=amount)]))

    assert "投入金额约3万元。" in text


def test_a_crowd_without_a_number_is_no_number() -> None:
    crowd = Figure(label="好人好事", quantity=Quantity(None, "exact", "", "一大批"))
    text = text_of(
        told([Activity(unit="u", title="先进", category="good_deed", quantities=(crowd,))])
    )

    assert "好人好事：一大批。" in text


def test_collections_say_what_is_not_known() -> None:
    rules = [
        Rule(
            unit="u",
            title="后勤十六项制度",
            status="in_force",
            announced_count=16,
            titles=("值班制度",),
        ),
        Rule(unit="u", title="其他制度", status="in_force", collection=True),
    ]

    text = text_of(told(rules))

    assert "成套制度公布共16项，已录标题1项。" in text
    assert "公布16项，已录名称1项，另15项名称未录：值班制度。" in text
    assert "未公布项数和名称。" in text


def test_clauses_without_words_are_counted_not_made_up() -> None:
    bare = Pledge(unit="u", title="四勤三特", status="published", clauses=(Clause(), Clause()))
    partly = Pledge(
        unit="u",
        title="三无",
        status="published",
        clauses=(Clause(text="无投诉", target=Decimal(0)), Clause()),
    )

    text = text_of(told([bare, partly]))

    assert "四勤三特。共2项，各项内容待补充。" in text
    assert "承诺内容1项：无投诉（零目标）；另有1项内容待补充。" in text


def test_confidential_records_are_nowhere_and_their_number_is_told() -> None:
    summary = told(
        [
            Activity(unit="u", title="涉密保障任务", confidential="secret"),
            Rule(unit="u", title="公开制度", status="in_force"),
        ]
    )

    assert "涉密保障任务" not in text_of(summary)
    assert "有密级的记录没有写入：活动 1 件。" in list(map(str, summary.remarks))
    assert "记录1件，其中制度1件" in text_of(summary)


def test_dates_keep_their_precision_and_what_may_lie_outside_is_left_out() -> None:
    records = [
        Activity(unit="u", title="确在期内", category="service", started_on=day("2026-02")),
        Activity(unit="u", title="只知年份", category="service", started_on=day("2026")),
        Activity(unit="u", title="没有日期", category="service"),
        Activity(unit="u", title="期外", category="service", started_on=day("2026-04-01")),
    ]

    summary = told(records, QUARTER)

    text = text_of(summary)
    assert "确在期内（2026年2月）。" in text
    assert not any(title in text for title in ("只知年份", "没有日期", "期外"))
    assert "日期未填或不全、不能确定属于本期的记录没有写入：活动 2 件。" in list(
        map(str, summary.remarks)
    )


def test_drafts_and_plans_are_not_told_as_done() -> None:
    summary = told(
        [
            Pledge(unit="u", title="草稿承诺"),
            Inspection(unit="u", title="明年检查", items=(Item(item="吃饭"),)),
            Activity(unit="u", title="拟办活动", status="planned"),
        ]
    )

    text = text_of(summary)
    assert "草稿承诺" not in text
    assert "起草中的记录没有写入：承诺 1 件。" in list(map(str, summary.remarks))
    assert "记录2件，其中检查1件、活动1件" in text
    assert "已列入计划的检查1项、计划开展的活动1项。" in text
    assert "开展检查" not in text


def test_open_findings_are_told_with_their_days() -> None:
    late = Finding(
        unit="u",
        title="厨房地面湿滑",
        source="inspection",
        place="一食堂",
        raised_on=day("2026-11-01"),
        due_on=day("2026-11-20"),
    )

    summary = told([late])

    text = text_of(summary)
    assert "发现问题1件。按来源分：检查1件。" in text
    assert "尚未销号的问题1件，其中逾期1件。" in text
    assert "厨房地面湿滑（2026年11月1日提出）。地点：一食堂，整改时限：2026年11月20日" in text
    assert f"已逾期{(TODAY - late.due_on.last()).days}天" in text  # type: ignore[union-attr, operator] # a whole date
    table = summary.annexes[0].blocks[0]
    assert isinstance(table, Table)
    assert table.rows[0][1:4] == ("厨房地面湿滑", "2026年11月1日", "2026年11月20日")


def test_figures_are_compared_with_the_year_before_only_where_it_has_any() -> None:
    finding = Finding(unit="u", title="湿滑", raised_on=day("2026-02-01"))
    now = Tallies(raised=12, settled=9)

    known = told([finding], QUARTER, tallies=now, year_before=Tallies(raised=10, settled=9))
    none = told([finding], QUARTER, tallies=now, year_before=Tallies(inspections=1))

    assert "发现问题件数比上年同期增加2件，增长20%。" in text_of(known)
    assert "比上年同期" not in text_of(none)
    table = known.annexes[0].blocks[0]
    assert isinstance(table, Table)
    assert ("整改率", "75.0%", "▼15个百分点", "9/12件") in table.rows
    assert table.columns == ("指标", "数值", "同比", "说明")


def test_a_period_that_is_not_over_is_compared_with_that_said() -> None:
    finding = Finding(unit="u", title="湿滑", raised_on=day("2026-02-01"))
    year = Period.between("2026", "2026")
    tallies = Tallies(raised=12)

    going_on = told([finding], year, tallies=tallies, year_before=tallies)
    over = told([finding], QUARTER, tallies=tallies, year_before=tallies)

    assert "本期尚未结束" in text_of(going_on)
    assert "2026年（截至11月28日），我单位登记" in text_of(going_on)
    assert "上年同期" not in text_of(going_on)
    assert "与上年同期持平" in text_of(over)
    assert "本期尚未结束" not in text_of(over)


def test_surveys_say_what_their_rate_counts() -> None:
    survey = Survey(
        unit="u",
        title="食堂测评",
        status="done",
        distributed=100,
        returned=90,
        very_satisfied=50,
        satisfied=30,
        basically_satisfied=5,
        dissatisfied=5,
        basic_excluded=True,
    )

    text = text_of(told([survey]))

    assert "发出100份，收回90份，回收率90%。" in text
    assert "满意率88.9%（不计基本满意）" in text


def test_many_records_are_named_in_an_annex_and_very_many_counted_and_both_are_said() -> None:
    def some(count: int) -> list[Activity]:
        return [
            Activity(
                unit="u",
                number=str(at),
                title=f"第{at}次",
                category="service",
                narrative="详情",
                started_on=day("2026-02-03" if at % 3 else "2026-11"),
            )
            for at in range(count)
        ]

    named, counted = told(some(MOST_IN_FULL + 1)), told(some(MOST_BY_TITLE + 1))

    said = "按季度分：一季度40件、四季度21件，名称见附件《记录名称清单》。"
    assert Paragraph(f"服务保障共{MOST_IN_FULL + 1}件，{said}") in named.body
    annex = next(one for one in named.annexes if one.title == "记录名称清单")
    (table,) = annex.blocks
    assert isinstance(table, Table)
    assert ("1", "第1次（2026年2月3日）") in table.rows
    assert len(table.rows) == MOST_IN_FULL + 1
    assert "详情" not in text_of(named)
    assert any("优质服务：服务保障共 61 件" in str(remark) for remark in named.remarks)
    assert f"服务保障共{MOST_BY_TITLE + 1}件，按季度分：" in text_of(counted)
    assert "记录名称清单" not in text_of(counted)
    assert any("没有逐件列出" in str(remark) for remark in counted.remarks)


def test_several_years_are_told_by_years_and_days_that_are_not_known_apart() -> None:
    dates = [day("2025"), day("2026-03"), None] * (MOST_IN_FULL // 3 + 1)
    activities = [Activity(unit="u", title="甲", category="service", started_on=on) for on in dates]

    assert "按年度分：2025年21件、2026年21件、日期不详21件，" in text_of(told(activities))


def test_open_findings_that_stand_in_their_own_list_are_not_named_twice() -> None:
    findings = [
        Finding(unit="u", number=str(at), title=f"第{at}处", raised_on=day("2026-04-01"))
        for at in range(MOST_IN_FULL + 1)
    ]

    summary = told(findings)

    assert Paragraph("按季度分：二季度61件，名称见附件《问题整改清单》。") in summary.body
    assert text_of(summary).count("第7处") == 1


def test_a_heading_names_only_what_is_told_under_it() -> None:
    planned = Inspection(unit="u", title="年终检查", status="planned")
    finding = Finding(unit="u", title="湿滑")

    assert headings([planned]) == ["一、下一步安排"]
    assert headings([finding])[-1].endswith("、存在的问题")
    assert headings([planned, finding])[-1].endswith("、存在的问题和下一步安排")


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("把「后勤无小事」作为『理念』", "把“后勤无小事”作为‘理念’"),
        ("入(出)库(含3处)", "入（出）库（含3处）"),
        ("重要思想,深入开展;电话:0591-1,2", "重要思想，深入开展；电话：0591-1,2"),
        ('他说"好"', "他说“好”"),
        ("表格, 12:30完成", "表格，12:30完成"),
        ("8:30, ISO 9001 (2015), http://a.cn:80/x?y=1", None),
        ("1,400,000 比 3:1", None),
    ],
)
def test_marks_are_those_of_the_rules_beside_chinese_only(typed: str, set_: str | None) -> None:
    activity = Activity(unit="u", title="甲", category="service", narrative=typed)

    assert f"甲。{set_ or typed}。" in text_of(told([activity]))


def test_what_is_told_in_full_stays_whole_beside_many_that_are_not() -> None:
    def deed(category: str, narrative: str) -> Activity:
        amount = Quantity(Decimal(1), "over", "元", "1元多")
        return Activity(unit="u", title="甲", category=category, amount=amount, narrative=narrative)

    many = [deed("service", "长文") for _at in range(MOST_BY_TITLE + 5)]

    text = text_of(told([*many, deed("award", "授予先进集体称号")]))

    assert "授予先进集体称号" in text
    assert "长文" not in text
    assert f"登记投入{MOST_BY_TITLE + 6}项，合计不少于{MOST_BY_TITLE + 6}元" in text


def test_a_long_narrative_is_whole_and_keeps_its_lines() -> None:
    narrative = "\n".join(f"第{at}段" + "长" * 500 for at in range(200))

    text = text_of(told([Activity(unit="u", title="甲", category="service", narrative=narrative)]))

    assert text.count("长") == 100_000
    assert text.index("第0段") < text.index("第100段") < text.index("第199段")


def test_the_title_is_torn_only_between_its_words() -> None:
    short = told([], Period.between("2026", "2026"), own=OWN.__class__(code="u", name="莆田市局"))
    long = told([], Period.between("2026-01-05", "2026-06-10"))

    assert short.title == ("莆田市局2026年三优一满意活动工作总结",)
    assert long.title == (
        "晋江市政府办公室",
        "2026年1月5日至6月10日",
        "三优一满意活动工作总结",
    )


def test_a_long_name_is_broken_where_a_part_of_it_ends() -> None:
    own = OWN.__class__(code="u", name="中国人民政治协商会议福建省委员会办公厅机关服务中心")

    title = told([], Period.between("2026", "2026"), own=own).title

    assert title == (
        "中国人民政治协商会议福建省",
        "委员会办公厅机关服务中心",
        "2026年三优一满意活动工作总结",
    )


def test_what_turns_the_direction_of_text_is_left_out() -> None:
    turned = Activity(unit="u", title="甲\u202e乙", category="service", narrative="丙\u2067丁")

    text = text_of(told([turned]))

    assert "甲乙" in text
    assert "丙丁" in text


def test_without_a_superior_the_operator_is_told() -> None:
    assert told([], superior="").addressee == ""
    assert any("主送机关" in str(remark) for remark in told([], superior="").remarks)


AMOUNTS = st.builds(
    Quantity,
    st.none() | st.decimals(0, 10**12, places=2),
    st.sampled_from(sorted(QUALIFIERS)),
    st.just("元"),
    st.sampled_from(["若干", "140多万元", "近三万元", "12,000元"]),
)


@given(st.lists(AMOUNTS, min_size=1, max_size=12))
def test_the_sum_of_money_hides_nothing(amounts: list[Quantity]) -> None:
    activities = [
        Activity(unit="u", title="投入", category="investment", amount=one) for one in amounts
    ]

    text = text_of(told(activities))

    known = [one for one in amounts if one.value is not None]
    if known:
        whole = total(amounts, "元")
        stands = {"over": "不少于", "under": "不超过", "about": "约", "exact": ""}
        opening = f"登记投入{len(amounts)}项，合计{stands[whole.qualifier]}"
        assert yuan_after(opening, text) == [whole.value]
    else:
        assert f"登记投入{len(amounts)}项，均无数字。" in text
    inexact = [one for one in known if one.qualifier != "exact"]
    assert (f"含{len(inexact)}项约数" in text) == bool(inexact)
    words = {"over": "不少于", "under": "不超过", "nearly": "不超过", "about": "约"}
    for one in inexact:
        assert one.value in yuan_after(f"{one.as_written}（{words[one.qualifier]}", text)


RECORDS: list[Record] = [
    Activity(id="a", unit="u", number="1", title="甲", category="service"),
    Activity(id="b", unit="v", number="1", title="乙", category="service"),
    Activity(id="c", unit="u", number="2", title="丙", started_on=day("2026-02")),
    Rule(id="d", unit="v", number="1", title="丁", status="in_force"),
    Rule(id="e", unit="u", number="1", title="戊", status="in_force", announced_count=3),
    Finding(id="f", unit="u", number="1", title="己", raised_on=day("2026-03-01")),
    Pledge(id="g", unit="v", number="1", title="庚", status="published"),
]


@given(st.permutations(RECORDS))
def test_the_order_in_which_records_come_makes_no_difference(records: list[Record]) -> None:
    assert told(records, names={"v": "乙局"}) == told(RECORDS, names={"v": "乙局"})


# Marks that a document writes by the rules are looked at apart.
PRINTABLE = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc", "Cf", "Zs", "Zl", "Zp"),
        exclude_characters='。；;，,、:?!()"「」『』﹁﹂﹃﹄',
    ),
    min_size=1,
    max_size=40,
)


@given(title=PRINTABLE, narrative=PRINTABLE)
def test_every_text_comes_through_whole(title: str, narrative: str) -> None:
    record = Activity(unit="u", title=title, category="service", narrative=narrative)

    text = text_of(told([record]))

    assert title in text
    assert narrative in text
