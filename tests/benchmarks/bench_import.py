"""How long the event loop stands still while a table of 20,000 rows is looked at and imported.

``python -m tests.benchmarks.bench_import [ROWS]`` imports a clerk's table of findings, of which one
row in a hundred has a wrong date, then the same table with another person in every row, after the
ledger was given other persons too, so that every row is in conflict. It prints, for each step, how
long it took and the longest time in milliseconds that no event was handled; and the memory of the
process at its highest. The baseline, in the same run, is the bare reading of the file by calamine
and a bare insert of its cells into SQLite.
"""

from __future__ import annotations

import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from psutil import Process
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from sanyou_desktop.desktop.ask import Ask
from sanyou_desktop.desktop.intake.flow import look_at_file
from sanyou_desktop.desktop.intake.import_dialog import ImportDialog
from sanyou_desktop.desktop.jobs import Jobs
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.desktop.operations import Operations
from sanyou_desktop.desktop.preferences import Preferences
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.fonts import ensure_chinese_font
from sanyou_desktop.desktop.theme.palette import apply_theme
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.start import SWITCH_SECONDS
from tests.benchmarks.bench_visits import Heart

_ROWS = 20_000
_CODE = "350582-01"
_PROCESS = Process()
MEGABYTE = 1024 * 1024
_HEADERS = (
    "编号", "存在问题", "来源", "发现时间", "地点", "责任单位", "责任人", "整改措施", "整改期限",
    "状态", "备注",
)  # fmt: skip


def make_table(path: Path, count: int, person: str, wrong: bool) -> None:
    """Write a table of findings by another program."""
    # With shared strings, as Excel and WPS write them.
    with Workbook(str(path)) as book:
        page = book.add_worksheet("台账")
        page.write_row(0, 0, _HEADERS)
        for row in range(1, count + 1):
            day = "三月" if wrong and row % 100 == 0 else f"2026.{row % 12 + 1}.{row % 28 + 1}"
            page.write_row(
                row,
                0,
                (f"W-{row}", f"第 {row} 处走廊照明灯不亮，开关失灵", "自查", day, f"{row % 9}号楼",
                 f"部门{row % 20}", person, "更换灯管并登记，列入每周巡查", "2026-12-31", "待整改",
                 "已通知责任部门"),
            )  # fmt: skip


def give_others(ledger: Path) -> None:
    """Give every finding of a ledger another person."""
    with Ledger.open(ledger) as opened:
        persons = [replace(one, person="王五") for one in opened.records("finding")]
        opened.save_many(persons, "改人")


def apart(work: Callable[..., object], *given: object) -> None:
    """Do something in a process of its own, whose memory is not that of the import."""
    other = get_context("spawn").Process(target=work, args=given)
    other.start()
    other.join()
    assert other.exitcode == 0, work


def bare(path: Path, folder: Path) -> float:
    """Return the seconds of the bare reading and inserting."""
    started = time.perf_counter()
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("台账").to_python()
    with closing(sqlite3.connect(folder / "bare.db")) as conn, conn:
        conn.execute(f"CREATE TABLE cells ({', '.join(f'c{at}' for at in range(len(_HEADERS)))})")
        places = ", ".join("?" * len(_HEADERS))
        conn.executemany(f"INSERT INTO cells VALUES ({places})", [list(map(str, r)) for r in rows])
    return time.perf_counter() - started


@contextmanager
def session(path: Path) -> Iterator[Session]:
    """Yield a session on a ledger."""
    jobs = Jobs(Ledger.open(path), Ledger.open(path, read_only=True))
    preferences = Preferences(QSettings(str(path.parent / "s.ini"), QSettings.Format.IniFormat))
    try:
        yield Session(path, _CODE, "", "", jobs, Operations(jobs, jobs), Ask(), preferences)
    finally:
        jobs.close()


class Watch:
    """Does things in the window and prints how long they took and how long it stood still."""

    def __init__(self, at: Session) -> None:
        """Open the page of findings."""
        self._session = at
        self.page = RecordPage("finding", at)
        self.page.resize(1360, 820)
        self.page.show()
        self._heart = Heart()
        self._heart.longest(1500)

    def step(self, name: str, act: Callable[[], object], until: Callable[[], bool]) -> None:
        """Do one thing, wait until it is done, and print."""
        self._heart.longest(50)
        started = time.perf_counter()
        # As an event does, so that the watch sees it.
        QTimer.singleShot(0, act)
        pause = self._heart.longest(20)
        while not until():
            pause = max(pause, self._heart.longest(20))
        spent = time.perf_counter() - started
        pause = max(pause, self._heart.longest(300))
        held = _PROCESS.memory_info().rss / MEGABYTE
        print(f"{name:44}{spent:8.2f} s{pause:9.1f} ms{held:8.0f} MB")

    def opened(self, path: Path) -> ImportDialog:
        """Open the preview of a table."""

        def ready() -> bool:
            found = self.page.findChild(ImportDialog)
            return found is not None and found.table.lines.rowCount() > 0

        self.step(
            f"read and compare {path.name}",
            lambda: look_at_file(self.page.place, "finding", path),
            ready,
        )
        found = self.page.findChild(ImportDialog)
        assert isinstance(found, ImportDialog)
        return found

    def key(self, dialog: ImportDialog, name: str, key: Qt.Key, *, held: bool = False) -> None:
        """Press a key in the preview."""
        mods = Qt.KeyboardModifier.ControlModifier if held else Qt.KeyboardModifier.NoModifier
        at = dialog.focusWidget()
        self.step(name, lambda: QTest.keyClick(at, key, mods), lambda: not dialog.is_busy)

    def taken(self, dialog: ImportDialog) -> None:
        """Import, and wait until the list shows it."""
        self.step(
            dialog.take_button.text(),
            dialog.take_button.click,
            lambda: self.page.findChild(ImportDialog) is None and not self._session.jobs.is_busy,
        )


def first(watch: Watch, path: Path) -> None:
    """Look at a table of new rows, put one right, read one column otherwise, import."""
    dialog = watch.opened(path)
    watch.step("show one state", lambda: dialog.panel.show_state("new"), lambda: True)
    watch.step("show all", lambda: dialog.panel.show_state(""), lambda: True)
    dialog.table.setFocus()
    watch.key(dialog, "select all", Qt.Key.Key_A, held=True)
    watch.key(dialog, "down", Qt.Key.Key_Down)
    watch.key(dialog, "to the wrong cell", Qt.Key.Key_F2)
    dialog.mend.line.setText("2026-03-01")
    watch.key(dialog, "put it right", Qt.Key.Key_Return)
    watch.step("take that back", dialog.undo, lambda: not dialog.is_busy)
    box = dialog.sheets.columns.box(10)
    watch.step(
        "read a column otherwise",
        lambda: box.setCurrentIndex(box.findData("reply")),
        lambda: not dialog.is_busy,
    )
    watch.taken(dialog)


def second(watch: Watch, path: Path) -> None:
    """Decide on conflicts, and import."""
    dialog = watch.opened(path)
    dialog.table.setFocus()
    watch.key(dialog, "select all", Qt.Key.Key_A, held=True)
    watch.key(dialog, "decide on all that are listed", Qt.Key.Key_2)
    watch.taken(dialog)


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _ROWS
    sys.setswitchinterval(SWITCH_SECONDS)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    ensure_chinese_font(app)
    apply_theme(app)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        ledger = folder / "台账.sytz"
        Ledger.create(ledger, Unit(code=_CODE, name="晋江市政府办公室")).close()
        new, changed = folder / "新.xlsx", folder / "改.xlsx"
        apart(make_table, new, count, "张三", True)
        apart(make_table, changed, count, "李四", False)
        print(f"bare reading and inserting: {bare(new, folder):.2f} s")
        with session(ledger) as at:
            first(Watch(at), new)
        apart(give_others, ledger)
        with session(ledger) as at:
            second(Watch(at), changed)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory at its highest: {used:.0f} MB")


if __name__ == "__main__":
    main()
