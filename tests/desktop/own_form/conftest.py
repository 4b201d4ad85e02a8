"""The card 上级套表 on the screen, with a ledger of findings and a superior's form."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.own_form.card import OwnFormCard
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from tests.desktop.conftest import UNIT, Desk, settled
from tests.exchange.own_form.superior import make_form


def finding(title: str, raised_on: str, unit: str = UNIT, confidential: str = "") -> Draft:
    return Draft.new(
        "finding",
        unit,
        title=title,
        description=f"{title}，需要处理",
        raised_on=raised_on,
        due_on="2026-04-01",
        measure="更换",
        place="一号楼",
        confidential=confidential,
    )


@pytest.fixture
def at(desk: Callable[..., Desk], few: Path, tmp_path: Path) -> Desk:
    """Seven findings of the unit, one of them marked, one of last year, and one of another."""
    drafts = [finding(f"第 {number} 处灯不亮", f"2026-03-{number:02}") for number in range(1, 7)]
    drafts.append(finding("不宜公开", "2026-03-09", confidential="internal"))
    drafts.append(finding("去年的问题", "2025-03-09"))
    drafts.append(finding("别单位的问题", "2026-03-09", unit="350582-02"))
    (tmp_path / "原件").mkdir()
    path = tmp_path / "原件" / "问题.sytz"
    shutil.copy(few, path)
    with Ledger.open(path) as ledger:
        ledger.save_many([draft.accepted() for draft in drafts], "示例")
    return desk(path)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "上级台账.xlsx"
    make_form(path)
    return path


@pytest.fixture
def card(qtbot: QtBot, at: Desk) -> OwnFormCard:
    made = OwnFormCard(at.session)
    qtbot.addWidget(made)
    made.resize(760, 420)
    made.show()
    made.period.first.set_raw("2026")
    made.period.last.set_raw("2026")
    settled(qtbot, at.session)
    return made
