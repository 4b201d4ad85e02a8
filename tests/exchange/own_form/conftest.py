"""A ledger whose records fill the forms of ``offices``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.unit import Unit

OWN = Unit(code="350300", name="莆田市机关事务管理局", contact="林美华", phone="0594-2281234")
COUNT = 12
TODAY = f"{date.today().year}年{date.today().month}月{date.today().day}日"


def finding(number: int) -> Draft:
    """Return the finding of a day; every third one is not put right yet."""
    day = f"2026-03-{number:02}"
    made: dict[str, Json] = {
        "title": f"第 {number} 处灯不亮",
        "description": f"{number} 号楼灯不亮",
        "raised_on": day,
        "place": f"{number} 号楼",
        "severity": "major",
        "measure": "更换灯管",
        "department": "物业科",
        "person": "吴国平",
    }
    if number % 3:
        first: dict[str, Json] = {
            "key": "a",
            "rectified_on": day,
            "by": "吴国平",
            "rectification": "换过一次",
        }
        first |= {
            "verified_on": day,
            "verified_by": "王检查",
            "verdict": "failed",
            "opinion": "仍不亮",
        }
        last: dict[str, Json] = {
            "key": "b",
            "rectified_on": day,
            "by": "吴国平",
            "rectification": "已更换灯管",
        }
        last |= {"verified_on": day, "verified_by": "王检查", "verdict": "passed"}
        made |= {"rounds": [first, last], "reply": "已修好", "replied_on": day}
        made |= {"closed_on": day, "status": "closed"}
    return Draft.from_json("finding", made, OWN.code)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账.sytz", OWN) as ledger:
        spent = {"改造操作间": "38.6万元", "更新音响": "20多万元", "添置书架": "1,200元"}
        drafts = [finding(number) for number in range(1, COUNT + 1)]
        drafts += [
            Draft.new("activity", OWN.code, title=title, category="investment", amount=amount,
                      started_on="2026-03-01")
            for title, amount in spent.items()
        ]  # fmt: skip
        ledger.save_many([draft.accepted() for draft in drafts], "示例")
        yield ledger
