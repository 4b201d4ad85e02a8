"""The list of who owes a report, of a province: all of it on paper, while no window waits."""

from __future__ import annotations

import subprocess
from pathlib import Path
from unicodedata import normalize

import pytest
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.jobs import Cancelled, Progress
from sanyou_desktop.desktop.printing.leaving import write_pdf
from sanyou_desktop.desktop.submissions.chase_paper import lay_out_chase
from sanyou_desktop.model.chasing import Owed
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.report_request import ReportRequest
from sanyou_desktop.model.submission_board import MISSING, Place

REQUEST = ReportRequest(id="r", title="二季度上报", due_on=PartialDate(2026, 7, 10))
MANY = [Owed(str(n), f"单位{n}号", "张三", "0595-1", Place(MISSING, 5)) for n in range(5000)]


class Stopping(Progress):
    """Stops what is being laid out at the thousandth row."""

    def step(self, done: int, total: int, text: str = "") -> None:
        if done >= 1000:
            raise Cancelled


@pytest.mark.pdf
def test_every_unit_stands_on_paper_with_room_for_a_note(qtbot: QtBot, tmp_path: Path) -> None:
    made = lay_out_chase(REQUEST, MANY, "省局", [], Progress())
    assert made.holds.what == "chase:r"
    path = tmp_path / "名单.pdf"
    write_pdf(made, path)
    told = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    pages = normalize("NFKC", told.stdout.decode()).split("\f")[:-1]
    assert len(pages) == len(made.pages) > 100
    assert all("催报记录" in page for page in pages)
    assert "截止 2026年7月10日" in pages[0]
    assert "尚欠 5000 个单位" in pages[0]
    words = "".join(pages).split()
    assert [one for one in words if one.startswith("单位") and one.endswith("号")] == [
        f"单位{n}号" for n in range(5000)
    ]
    assert "省局" in pages[-1]


def test_it_can_be_stopped(qtbot: QtBot) -> None:
    with pytest.raises(Cancelled):
        lay_out_chase(REQUEST, MANY, "省局", [], Stopping())
