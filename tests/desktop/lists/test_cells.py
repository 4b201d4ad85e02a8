"""Cells: one line of text, and what the status chip says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sanyou_desktop.desktop.lists.cells import (
    LONGEST,
    Named,
    Status,
    cell_text,
    remark_on,
    shown,
    status_of,
)
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.pledge import Clause

TODAY = date(2026, 11, 23)


def on(text: str) -> PartialDate:
    return PartialDate.parse(text)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"status": "open", "due_on": on("2026-11-11")}, Status("逾期 12 天", "bad")),
        ({"status": "open", "due_on": on("2026-11-23")}, Status("待整改", "bad")),
        ({"status": "closed", "due_on": on("2026-01-01")}, Status("已销号", "good")),
        ({"status": "rectifying", "due_on": None}, Status("整改中", "warn")),
        # A month is over on its last day.
        ({"status": "rectifying", "due_on": on("2026-11")}, Status("整改中", "warn")),
        ({"status": "rectifying", "due_on": on("2026-10")}, Status("逾期 23 天", "bad")),
    ],
)
def test_a_finding_says_how_long_it_is_overdue(values: dict[str, Any], expected: Status) -> None:
    assert status_of("finding", values, TODAY) == expected


@pytest.mark.parametrize(
    ("status", "until", "expected"),
    [
        ("published", "2026-12-23", Status("30 天后到期", "warn")),
        ("published", "2026-12-24", Status("已公示", "good")),
        ("published", "2026-11-23", Status("今天到期", "warn")),
        ("published", "2026-11-22", Status("已过有效期", "bad")),
        ("draft", "2026-11-22", Status("草稿", "muted")),
        ("published", "XXXX-11-24", Status("已公示", "good")),
    ],
)
def test_a_pledge_says_when_it_expires(status: str, until: str, expected: Status) -> None:
    values = {"status": status, "valid_until": on(until)}
    assert status_of("pledge", values, TODAY) == expected


@pytest.mark.parametrize(
    ("status", "effective", "repealed", "expected"),
    [
        ("in_force", "2026-11-24", None, Status("尚未施行", "warn")),
        ("in_force", "2026-11-23", None, Status("现行有效", "good")),
        ("in_force", "2026-11", None, Status("现行有效", "good")),
        ("in_force", None, None, Status("现行有效", "good")),
        ("repealed", "2020", "2026-11-24", Status("即将废止", "warn")),
        ("repealed", "2020", "2026-11-23", Status("已废止", "muted")),
        ("drafting", "2027", None, Status("起草", "muted")),
    ],
)
def test_a_rule_says_that_its_day_is_still_to_come(
    status: str, effective: str | None, repealed: str | None, expected: Status
) -> None:
    values = {
        "status": status,
        "effective_on": on(effective) if effective else None,
        "repealed_on": on(repealed) if repealed else None,
    }
    assert status_of("rule", values, TODAY) == expected


def test_a_status_of_a_newer_version_is_shown_as_it_is() -> None:
    assert status_of("rule", {"status": "suspended"}, TODAY) == Status("suspended")


def test_rows_are_counted() -> None:
    clauses = (Clause(text="一"), Clause(text="二"))
    field = kind_of("pledge").fields["clauses"]
    assert shown(field, clauses, Named()) == "2 条"
    assert shown(field, (), Named()) == ""


def test_a_reference_is_named() -> None:
    field = kind_of("finding").fields["against"]
    named = Named(records={"abc": ("pledge", "CN-2026-0007", "四心服务承诺")})
    assert shown(field, "abc", named) == "CN-2026-0007 四心服务承诺"
    assert shown(field, "unknown", named) == "unknown"


def test_line_breaks_and_tabs_do_not_reach_a_cell() -> None:
    assert shown(kind_of("pledge").fields["statement"], "一\n\t二  三", Named()) == "一 二 三"


def test_a_long_text_is_cut_before_it_is_measured() -> None:
    assert len(cell_text("长" * 100_000)) == LONGEST + 1


def test_a_unit_is_shown_by_its_name() -> None:
    field = kind_of("pledge").fields["unit"]
    named = Named(units={"350500-01": "泉州市机关事务管理局"})
    assert shown(field, "350500-01", named) == "泉州市机关事务管理局"
    assert shown(field, "350900", named) == "350900"


def test_a_collection_of_rules_says_what_is_known_of_it() -> None:
    values = {"collection": True, "announced_count": 16, "titles": ("值班制度",)}
    told = "公布 16 项，已录名称 1 项，另 15 项名称未录"
    assert remark_on("rule", "title", values) == told
    assert remark_on("rule", "number", values) == ""
    single = {"collection": False, "announced_count": None, "titles": ()}
    assert remark_on("rule", "title", single) == ""
    assert remark_on("pledge", "title", {}) == ""
