"""Pictures of every page with the sample ledger, for the README and for looking at.

``python -m tests.screenshots [FOLDER] [--dark] [--size 1360x820] [--scale 1.25] [--language en]
[PAGE...]`` writes a PNG a page; without FOLDER, those of the README. The page ``on-site`` is the
sheet on which an inspection is held, ``import`` the preview of a clerk's table.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sanyou_desktop.desktop.main_window import MainWindow
    from sanyou_desktop.model.inspection import Inspection

PAGES = (
    "welcome",
    "today",
    "pledge",
    "rule",
    "inspection",
    "finding",
    "survey",
    "activity",
    "indicators",
    "upward",
    "rollup",
    "scheme",
    "plan",
    "unit",
    "round",
    "recycle",
    "settings",
)  # fmt: skip - in the order of the navigation
# Not a page of the navigation: a sheet over the window, asked for by its name.
ON_SITE = "on-site"
# The preview of a clerk's table, likewise.
IMPORT = "import"
_README = Path(__file__).parents[1] / "resources" / "screenshots"
# Long enough for a page's own reading in the background, which has no single end to wait for.
_SETTLE_MS = 700


def main() -> None:
    """Take the pictures that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", default=PAGES)
    parser.add_argument("--folder", type=Path, default=_README)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--size", default="1360x820")
    parser.add_argument("--scale", default="1")
    parser.add_argument("--language", default="zh_CN")
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = given.scale
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        _take(given, Path(folder))


def _take(given: argparse.Namespace, scratch: Path) -> None:
    from PySide6.QtCore import QEventLoop, QSettings, QTimer
    from PySide6.QtWidgets import QApplication

    from sanyou_desktop.desktop.application import Application
    from sanyou_desktop.desktop.ask import Ask
    from sanyou_desktop.desktop.main_window import MainWindow
    from sanyou_desktop.desktop.preferences import Preferences
    from sanyou_desktop.exchange.sample import make_sample

    def wait() -> None:
        loop = QEventLoop()
        QTimer.singleShot(_SETTLE_MS, loop.quit)
        loop.exec()

    def take(name: str) -> None:
        wait()
        window = application.window
        assert window is not None
        window.resize(*(int(side) for side in given.size.split("x")))
        wait()
        window.grab().save(str(given.folder / f"{name}{'-dark' if given.dark else ''}.png"))

    # No folder of whoever takes the pictures is seen in them.
    os.chdir(scratch)
    ledger = Path("三优台账示例.sytz")
    make_sample(ledger)
    app = QApplication([])
    settings = QSettings(str(scratch / "settings.ini"), QSettings.Format.IniFormat)
    preferences = Preferences(settings)
    preferences.scheme = "dark" if given.dark else "light"
    preferences.language = given.language
    application = Application(app, preferences, Ask())
    if "welcome" in given.pages:
        application.welcome()
        take("welcome")
    application.open(ledger)
    while application.is_busy:
        wait()
    window = application.window
    assert isinstance(window, MainWindow)
    for page in given.pages:
        if page == ON_SITE:
            _take_on_site(window, wait, given.folder / f"{page}{'-dark' if given.dark else ''}.png")
        elif page == IMPORT:
            _take_import(window, wait, given.folder / f"{page}{'-dark' if given.dark else ''}.png")
        elif page != "welcome":
            window.go(page)
            take(page)
    application.close()


def _take_on_site(window: MainWindow, wait: Callable[[], None], path: Path) -> None:
    """Judge some items of an inspection made for the picture, and take it."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit

    from sanyou_desktop.desktop.inspections.on_site import OnSite, open_on_site
    from sanyou_desktop.desktop.lists.record_page import RecordPage

    window.go("inspection")
    wait()
    page = window.page("inspection")
    assert isinstance(page, RecordPage)
    made = _inspection(window.session.unit_code)
    window.session.operations.run(
        lambda ledger: ledger.save(made),
        owner=page,
        done=lambda saved: open_on_site(page.place, saved.record),
        quiet=True,
    )
    wait()
    sheet = page.findChild(OnSite)
    assert isinstance(sheet, OnSite)
    keys = Qt.Key
    for key in (keys.Key_1, keys.Key_2, keys.Key_F):
        QTest.keyClick(sheet.table, key)
    wait()
    for key in (keys.Key_Down, keys.Key_3, keys.Key_2, keys.Key_Plus, keys.Key_Return):
        QTest.keyClick(sheet.table, key)
    line = sheet.table.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    line.setText("灶台有油污，地面有积水")
    QTest.keyClick(line, keys.Key_Return)
    wait()
    sheet.grab().save(str(path))
    sheet.save()
    wait()
    sheet.close()


def _take_import(window: MainWindow, wait: Callable[[], None], path: Path) -> None:
    """Open a table with a wrong date in it, and take the preview."""
    from sanyou_desktop.desktop.intake.flow import look_at_file
    from sanyou_desktop.desktop.intake.import_dialog import ImportDialog
    from sanyou_desktop.desktop.lists.record_page import RecordPage
    from tests.exchange.tables.clerk import ROWS, workbook

    window.go("finding")
    wait()
    page = window.page("finding")
    assert isinstance(page, RecordPage)
    wrong = (3, "车位划线不清", "督查", "三月", "大院", "保卫科", "重新划线", "2026-13-01")
    table = workbook(Path("2026年问题整改台账.xlsx"), [*ROWS[:5], wrong, *ROWS[5:]])
    look_at_file(page.place, "finding", table)
    wait()
    wait()
    dialog = page.findChild(ImportDialog)
    assert isinstance(dialog, ImportDialog)
    dialog.grab().save(str(path))
    dialog.reject()


def _inspection(unit: str) -> Inspection:
    """Return a planned inspection of a canteen, with items as checklists have them."""
    from decimal import Decimal

    from sanyou_desktop.model.edtf import PartialDate
    from sanyou_desktop.model.inspection import Inspection, Item

    texts = (
        ("查工作质量", "落实工作制度", "流转、办结有登记，重要文件即到即办", False),
        ("食品留样48小时并有记录", "", "", True),
        ("查工作进度", "落实重点工作", "年度重点工作按季度推进，逾期的写明原因和补救措施", False),
        ("后厨地面、台面、灶台、油烟机清洁；从业人员健康证齐全有效，佩戴口罩和发帽", "", "", False),
        ("查办事效率", "落实领导指示", "批示件24小时内反馈", False),
        ("就餐环境整洁，价目公开", "", "", False),
    )
    items = tuple(
        Item(
            key=f"row{number}",
            item=text,
            follow_through=through,
            standard=standard,
            full_score=Decimal(10),
            deduction=Decimal(2),
            veto=veto,
        )
        for number, (text, through, standard, veto) in enumerate(texts)
    )
    return Inspection(
        unit=unit,
        title="机关食堂检查（2026年3月2日）",
        scheme="三查三落实",
        inspected_unit="食堂",
        place="二号楼一层",
        planned_on=PartialDate(2026, 3, 2),
        self_score=Decimal(58),
        items=items,
    )


if __name__ == "__main__":
    main()
