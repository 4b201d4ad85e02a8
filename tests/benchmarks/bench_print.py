"""How long printing holds up the window: every paper with as much on it as anybody has.

Each is laid out, looked at on its first and its last page, stored as PDF and sent to a printer (a
file stands for it) with real widgets, while a timer beats in the event loop; what is printed is its
longest pause, in ms. The bar of the project is 50.

    python -m tests.benchmarks.bench_print
"""

from __future__ import annotations

import gc
import os
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QVBoxLayout, QWidget

from sanyou_desktop.desktop.ask import Ask
from sanyou_desktop.desktop.inspections.check_sheet import CheckSheet
from sanyou_desktop.desktop.jobs import Jobs, Progress
from sanyou_desktop.desktop.operations import Operations
from sanyou_desktop.desktop.pledges.notice import lay_out_notice
from sanyou_desktop.desktop.pledges.notice_text import notice_of
from sanyou_desktop.desktop.preferences import Preferences
from sanyou_desktop.desktop.printing.list_paper import ListWanted, lay_out_list
from sanyou_desktop.desktop.printing.preview import PreviewDialog, offer_to_lay_out
from sanyou_desktop.desktop.printing.printable import Printable
from sanyou_desktop.desktop.printing.record_paper import RecordPaper, lay_out_record
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.submissions.chase_paper import lay_out_chase
from sanyou_desktop.desktop.submissions.papers import lay_out_receipt
from sanyou_desktop.desktop.supervision.slip_print import SlipPrint
from sanyou_desktop.desktop.theme.fonts import ensure_chinese_font
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.model.chasing import Owed
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding, Slip
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.pledge import Clause, Pledge
from sanyou_desktop.model.report_request import ReportRequest
from sanyou_desktop.model.submission import Comment, Submission
from sanyou_desktop.model.submission_board import MISSING, Place
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.start import SWITCH_SECONDS
from tests.benchmarks.bench_visits import Heart

UNIT = "350582-01"
NAME = "晋江市政府办公室"
# Of the characters of a long year of such records, about as many are different.
_DIFFERENT = 3000
_CHANCE = random.Random(7)
_LETTERS = [chr(0x4E00 + 6 * number) for number in range(_DIFFERENT)]
_WATCHED_MS = 300
LayOut = Callable[[Progress], Printable]


def words(count: int) -> str:
    """Return so many characters."""
    return "".join(_CHANCE.choices(_LETTERS, k=count))


def findings(count: int, length: int) -> list[Finding]:
    """Return so many findings, each described at such length."""
    return [
        Finding(unit=UNIT, title=words(30), description=words(length), place=words(8),
                measure=words(length // 4))
        for _number in range(count)
    ]  # fmt: skip


def papers(path: Path) -> dict[str, LayOut]:
    """Return what is printed, by its name."""
    day = PartialDate.of(date(2026, 7, 1))
    received = Submission(
        unit=UNIT, number="DJ-1", title="半年报", reporter="1", reporter_name=words(12),
        from_=PartialDate.of(date(2026, 1, 1)), to=PartialDate.of(date(2026, 6, 30)),
        comments=tuple(Comment(about=words(20), text=words(200)) for _number in range(500)),
    )  # fmt: skip
    clauses = tuple(
        Clause(key=str(number), text=words(120), standard=words(80), time_limit="3 天")
        for number in range(240)
    )
    pledge = Pledge(unit=UNIT, title="四心服务承诺", statement=words(4000), clauses=clauses)
    slips = tuple(
        (found, Slip(key=str(number), number=f"DB-{number:04d}", demand=words(60), issued_on=day))
        for number, found in enumerate(findings(500, 600))
    )
    items = tuple(
        Item(key=str(number), item=words(60), standard=words(120), full_score=Decimal(5),
             remark=words(60))
        for number in range(200)
    )  # fmt: skip
    held = Inspection(
        unit=UNIT, title=words(20), items=items, status="done", conclusion=words(3000)
    )
    held = replace(held, conclusion=words(3000))
    long = replace(findings(1, 100)[0], description=words(60_000), notes=words(20_000))
    request = ReportRequest(unit=UNIT, title="半年报", due_on=day)
    place = Place(MISSING, 5)
    owing = [Owed(str(n), words(12), words(3), "0595-1", place) for n in range(5000)]
    columns = ("number", "title", "status", "description", "place", "department")

    def listed(progress: Progress) -> Printable:
        with Ledger.open(path, read_only=True) as ledger:
            return lay_out_list(ledger, ListWanted("finding", Query(), columns), progress)

    def long_record(_progress: Progress) -> Printable:
        from sanyou_desktop.desktop.forms.designs import DESIGNS

        return lay_out_record(RecordPaper(long, DESIGNS["finding"], NAME))

    def board(size: QPageSize.PageSizeId) -> LayOut:
        return lambda progress: lay_out_notice(notice_of(pledge, NAME), progress, size)

    return {
        "receipt, 500 comments": lambda progress: lay_out_receipt(received, NAME, progress),
        "notice A4, 240 clauses": board(QPageSize.PageSizeId.A4),
        "notice A3, 240 clauses": board(QPageSize.PageSizeId.A3),
        "slips, 500": lambda _progress: SlipPrint(NAME, slips),
        "check sheet, 200 items": CheckSheet(held).laid_out,
        "record, 80,000 characters": long_record,
        "list of 5,000": listed,
        "chase list, 5,000 units": lambda progress: lay_out_chase(
            request, owing, NAME, [], progress
        ),
    }


def made_session(folder: Path) -> Session:
    """Return a session on a ledger with 5,000 findings."""
    path = folder / "ledger.sytz"
    with Ledger.create(path, Unit(code=UNIT, name=NAME)) as ledger:
        ledger.save_many(findings(5000, 120), "示例")
    jobs = Jobs(Ledger.open(path), Ledger.open(path, read_only=True))
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    return Session(path, UNIT, NAME, "", jobs, Operations(jobs, jobs), Ask(), Preferences(settings))


class _Watch:
    """Lets the event loop run until something is done, and returns its longest pause."""

    def __init__(self, session: Session) -> None:
        self._session, self._heart = session, Heart()
        self._heart.longest(_WATCHED_MS)

    def until_idle(self, act: Callable[[], object]) -> float:
        act()
        longest = self._heart.longest(_WATCHED_MS)
        while self._session.jobs.is_busy:
            longest = max(longest, self._heart.longest(_WATCHED_MS))
        return longest


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.setswitchinterval(SWITCH_SECONDS)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    ensure_chinese_font(app)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        session = made_session(folder)
        every = papers(session.path)
        # No program has all of these at once for the garbage collector to look through.
        gc.collect()
        gc.freeze()
        parent, watch = QWidget(), _Watch(session)
        # What the first window of a program takes is not printing's.
        first = QDialog(parent)
        QVBoxLayout(first).addWidget(QPushButton("打印"))
        watch.until_idle(first.open)
        first.reject()
        print(f"{'ms held up':28}{'shown':>8}{'last page':>10}{'PDF':>8}{'print':>8}{'pages':>7}")
        for title, work in every.items():
            told = _measured(parent, session, watch, title, work)
            print(f"{title:28}{told[0]:8.0f}{told[1]:10.0f}{told[2]:8.0f}{told[3]:8.0f}{told[4]:7}")
        session.jobs.close()


def _measured(
    parent: QWidget, session: Session, watch: _Watch, title: str, work: LayOut
) -> tuple[float, float, float, float, int]:
    opened: list[PreviewDialog] = []
    shown = watch.until_idle(lambda: opened.append(offer_to_lay_out(parent, session, title, work)))
    (dialog,) = opened
    count = dialog.view.count()
    last = watch.until_idle(lambda: dialog.view.go_to(count - 1))
    target = session.path.with_name("paper.pdf")
    dialog._session.ask.save_file = lambda *_given, **_named: target  # type: ignore[method-assign] # a bench asks nobody
    stored = watch.until_idle(dialog.save_pdf)
    dialog.printer.setOutputFileName(str(target))
    printed = watch.until_idle(dialog.send_to_printer)
    dialog.reject()
    return shown, last, stored, printed, count


if __name__ == "__main__":
    main()
