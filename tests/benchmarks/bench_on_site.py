"""How long a key holds the event loop while 200 items are judged, against a bare table of 200 rows.

``python -m tests.benchmarks.bench_on_site`` opens the sheet of an inspection of 200 items, judges
every one by keys (pass, fail with places and a remark, not applicable), and prints median and
longest time in milliseconds from a key press until the event loop is idle again, painting
included. The baseline, in the same run, is a bare QTableView on a QStandardItemModel of 200 rows
and 7 columns in which each key changes one cell and goes on. The longest pause of the event loop
while the form opens the same inspection is printed too. The ratio is printed, not asserted.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QWidget

from sanyou_desktop.desktop.ask import Ask
from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.forms.form import RecordForm
from sanyou_desktop.desktop.inspections.on_site import OnSite
from sanyou_desktop.desktop.jobs import Jobs
from sanyou_desktop.desktop.operations import Operations
from sanyou_desktop.desktop.preferences import Preferences
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.fonts import ensure_chinese_font
from sanyou_desktop.desktop.theme.palette import apply_theme
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.unit import Unit
from tests.benchmarks.bench_visits import Heart

_ITEMS = 200
_SIZE = (1360, 820)
_CODE = "350582-01"
_TEXT = "食堂后厨地面、台面、灶台、油烟机清洁；从业人员健康证齐全有效"


class BareTable(QTableView):
    """Changes a cell of the current row at each key and goes on."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do the least that judging an item could do."""
        at = self.currentIndex()
        self.model().setData(at.siblingAtColumn(2), event.text())
        self.setCurrentIndex(at.siblingAtRow(min(at.row() + 1, _ITEMS - 1)))


def held(act: Callable[[], None]) -> float:
    """Return how many ms it takes to do something and to paint what it changed."""
    started = time.perf_counter()
    act()
    QApplication.sendPostedEvents()
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeSocketNotifiers)
    return (time.perf_counter() - started) * 1000


def bare(app: QApplication) -> list[float]:
    """Return the times of a bare table."""
    model = QStandardItemModel(_ITEMS, 7)
    for row in range(_ITEMS):
        model.setItem(row, 1, QStandardItem(_TEXT))
    table = BareTable()
    table.setModel(model)
    table.setColumnWidth(1, 500)
    table.resize(*_SIZE)
    table.show()
    table.setCurrentIndex(model.index(0, 1))
    settle()
    found = [held(lambda: QTest.keyClick(table, Qt.Key.Key_1)) for _row in range(_ITEMS)]
    table.close()
    return found


def judge(sheet: OnSite) -> list[float]:
    """Judge every item as an inspector would; return the time of each key."""
    found = []

    def press(key: Qt.Key) -> None:
        found.append(held(lambda: QTest.keyClick(sheet.table, key)))

    for number in range(_ITEMS):
        if number % 10 == 7:
            for key in (Qt.Key.Key_2, Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Return):
                press(key)
            line = sheet.table.findChild(QLineEdit)
            assert isinstance(line, QLineEdit)
            line.setText("两处油污，已当场指出")
            found.append(held(lambda line=line: QTest.keyClick(line, Qt.Key.Key_Return)))  # type: ignore[misc]  # a default binds it
            settle(20)
        else:
            press(Qt.Key.Key_3 if number % 10 == 9 else Qt.Key.Key_1)
    assert sheet.model.outcome().judged == _ITEMS
    return found


def in_form(opened: Session, inspection: Inspection) -> float:
    """Return the longest pause while the form shows the inspection, in ms."""
    form = RecordForm("inspection", opened)
    form.resize(640, 760)
    form.show()
    heart = Heart()
    heart.longest(600)
    form.open_record(inspection)
    pause = heart.longest()
    form.close()
    form.deleteLater()
    return pause


def settle(milliseconds: int = 300) -> None:
    """Let the event loop come to rest."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


@contextmanager
def session(folder: Path) -> Iterator[tuple[Session, Inspection]]:
    """Yield a session on a ledger with one inspection of 200 items."""
    path = folder / "检查.sytz"
    item = Item(item=_TEXT, standard="无油污、无积水", full_score=Decimal(5), deduction=Decimal(1))
    with Ledger.create(path, Unit(code=_CODE, name="晋江市政府办公室")) as ledger:
        items = tuple(replace(item, key=f"row{number}") for number in range(_ITEMS))
        ledger.save(Inspection(unit=_CODE, title="食堂检查", items=items))
        (inspection,) = ledger.records("inspection")
    assert isinstance(inspection, Inspection)
    jobs = Jobs(Ledger.open(path), Ledger.open(path, read_only=True))
    preferences = Preferences(QSettings(str(folder / "s.ini"), QSettings.Format.IniFormat))
    operations = Operations(jobs, jobs)
    try:
        yield (
            Session(path, _CODE, "", "", jobs, operations, Ask(), preferences),
            inspection,
        )
    finally:
        jobs.close()


def main() -> None:
    """Measure and print."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    ensure_chinese_font(app)
    apply_theme(app)
    with tempfile.TemporaryDirectory() as folder, session(Path(folder)) as (opened, inspection):
        window = QWidget()
        window.resize(*_SIZE)
        place = Place(window, opened, lambda _draft: None, lambda _id: None, lambda _back: None)
        baseline = bare(app)
        made: list[OnSite] = []

        def open_sheet() -> None:
            made.append(OnSite(place, inspection, {}))
            made[0].show()

        opening = held(open_sheet)
        settle()
        (sheet,) = made
        times = judge(sheet)
        saving = held(sheet.save)
        settle()
        print(f"opening {opening:.1f} ms, handing over to be saved {saving:.1f} ms")
        print(
            f"the same inspection in its form: longest pause {in_form(opened, inspection):.1f} ms"
        )
        for name, found in (("sheet", times), ("bare table", baseline)):
            median, longest = statistics.median(found), max(found)
            print(f"{name:12}{len(found):5} keys, median {median:.2f} ms, longest {longest:.2f} ms")
        ratio = statistics.median(times) / statistics.median(baseline)
        worst = max(times) / max(baseline)
        print(f"median {ratio:.2f} times, longest {worst:.2f} times the bare table")
        assert sheet.inspection.status == "done"
        sheet.close()
        window.close()
        window.deleteLater()
        settle()


if __name__ == "__main__":
    main()
