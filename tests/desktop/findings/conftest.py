"""A page of findings on the screen, and the dialog that is open over it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.dialogs.fields_dialog import FieldsDialog
from sanyou_desktop.desktop.editors.attached_file import png
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.unit import Unit
from tests.desktop.conftest import UNIT, Desk
from tests.desktop.deed_page import PageUser, shown_page

RAISED = date.today() - timedelta(days=20)
TITLES = ("走廊灯不亮", "食堂地面湿滑", "电梯年检标志过期")


def finding(title: str, **given: Json) -> Finding:
    """Return a finding that can be saved."""
    raw: dict[str, Json] = {
        "title": title,
        "department": "物业科",
        "person": "张三",
        "place": "二号楼",
        "raised_on": RAISED.isoformat(),
        "raised_by": "王主任",
        **given,
    }
    record = Draft.from_json("finding", raw, UNIT).accepted()
    assert isinstance(record, Finding)
    return record


@pytest.fixture(scope="session")
def found(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with three findings."""
    path = tmp_path_factory.mktemp("ledgers") / "found.sytz"
    with Ledger.create(path, Unit(code=UNIT, name="晋江市政府办公室")) as ledger:
        ledger.save_many([finding(title) for title in TITLES], "示例")
    return path


class Clerk(PageUser):
    """Works on a page of findings with the keyboard."""

    def stored(self) -> list[Finding]:
        return self.all_of(Finding)

    def now(self, title: str) -> Finding:
        return next(one for one in self.stored() if one.title == title)

    def open(self, number: int) -> FieldsDialog:
        """Press Alt and the number of a step, and return its dialog."""
        self.key(number)
        return self.asked


@pytest.fixture
def clerk(qtbot: QtBot, desk: Callable[..., Desk], found: Path) -> Clerk:
    at = desk(found)
    return Clerk(qtbot, at, shown_page(qtbot, at, "finding"))


def picture(colour: str) -> bytes:
    """Return a photo as a file's content."""
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return png(image)
