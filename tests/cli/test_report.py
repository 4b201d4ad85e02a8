"""``report``: the document by the ending of its name, refusals, and what is told."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from sanyou_desktop.ledger.ledger import Ledger
from tests.cli.conftest import Within
from tests.cli.run import line, run


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".PDF"])
def test_it_writes_what_the_name_says(within: Within, tmp_path: Path, suffix: str) -> None:
    ledger, path = tmp_path / "示例.sytz", tmp_path / f"总结{suffix}"
    within("sample", ledger)

    done = within("report", ledger, path)

    assert done.status == 0
    assert done.lines()[0] == "写入 53 件记录。"
    assert path.read_bytes().startswith(b"PK" if suffix == ".docx" else b"%PDF")


def test_only_the_period_is_told(within: Within, ledger: Path, tmp_path: Path) -> None:
    given = [
        {"title": "期内", "category": "service", "started_on": "2026-02-01"},
        {"title": "期外", "category": "service", "started_on": "2026-05-01"},
        {"title": "涉密", "started_on": "2026-02-01", "confidential": "secret"},
    ]
    within("add", ledger, "activity", given="".join(line(**one) for one in given))
    path = tmp_path / "总结.docx"

    done = within("report", ledger, path, "--from", "2026-01", "--to", "2026-03")

    text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert "2026年第一季度三优一满意活动工作总结" in text
    assert "期内（2026年2月1日）" in text
    assert "期外" not in text
    assert "涉密" not in text
    assert "有密级的记录没有写入：活动 1 件。" in done.lines()


def test_the_numbers_of_the_annex_leave_confidential_records_out(
    within: Within, ledger: Path, tmp_path: Path
) -> None:
    amounts = ({"amount": "10000元"}, {"amount": "50000元", "confidential": "internal"})
    given = "".join(
        line(title="投入", category="investment", started_on="2026-02-01", **one) for one in amounts
    )
    within("add", ledger, "activity", given=given)
    path = tmp_path / "总结.docx"
    within("report", ledger, path, "--from", "2026", "--to", "2026")

    cells = [
        cell.text
        for table in docx.Document(str(path)).tables
        for row in table.rows
        for cell in row.cells
    ]
    assert "10,000元" in cells
    assert not any("60,000" in cell for cell in cells)


def test_what_it_cannot_do_is_refused(within: Within, ledger: Path, tmp_path: Path) -> None:
    before = ledger.read_bytes()
    assert "请让文件名以其中之一结尾" in within("report", ledger, tmp_path / "总结.txt").refused()
    missing = tmp_path / "没有" / "总结.pdf"
    assert "文件夹" in within("report", ledger, missing).refused()
    pdf = tmp_path / "总结.pdf"
    assert "模板只用于 .docx" in within("report", ledger, pdf, "--template", pdf).refused()
    backwards = ("--from", "2026-05", "--to", "2026-01")
    assert "早于起始日期" in within("report", ledger, pdf, *backwards).refused()
    assert within("report", ledger).status == 2
    assert within("report", ledger, pdf, "--from", "昨天").status == 2
    assert ledger.read_bytes() == before
    assert not pdf.exists()


def test_an_empty_ledger_has_its_document(within: Within, ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "总结.docx"

    done = within("report", ledger, path)

    assert done.lines()[0] == "写入 0 件记录。"
    texts = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    assert "台账中没有可写入总结的记录。" in texts


def test_as_a_process_without_qt_and_without_a_language(ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "总结.pdf"

    done = run("report", ledger, path, LC_ALL="C")

    assert done.status == 0, done.err
    assert "符合 GB/T 9704：" in done.out
    assert path.stat().st_size > 1000


def test_what_went_out_is_in_the_log(within: Within, ledger: Path, tmp_path: Path) -> None:
    given = [
        {"title": "期内", "category": "service", "started_on": "2026-02-01"},
        {"title": "涉密", "started_on": "2026-02-01", "confidential": "secret"},
    ]
    ids = within("add", ledger, "activity", given="".join(line(**one) for one in given)).lines()
    path = tmp_path / "总结.docx"
    within("report", ledger, path, "--from", "2026-01", "--to", "2026-03")

    with Ledger.open(ledger, read_only=True) as opened:
        (noted,) = opened.exports.lines()
        held = opened.exports.held(noted.seq)

    assert (noted.way, noted.target, noted.records) == ("document", str(path), 1)
    assert noted.options == {"first": "2026-01", "last": "2026-03"}
    assert held == {ids[0]: 1}


def test_nothing_is_left_beside_the_ledger(within: Within, ledger: Path, tmp_path: Path) -> None:
    before = json.dumps(sorted(path.name for path in ledger.parent.iterdir()))
    within("report", ledger, tmp_path / "总结.docx")

    after = sorted(path.name for path in ledger.parent.iterdir() if path.suffix != ".docx")
    assert json.dumps(after) == before
