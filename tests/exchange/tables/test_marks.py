"""A row that was made from something with a mark of secrecy has it, unless the table says other."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanyou_desktop.cli.program import main
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.unit import Unit


def found_marks(tmp_path: Path, text: str) -> tuple[int, list[str]]:
    """Return how the command ended that took a table twice, and the marks of the findings."""
    path, table = tmp_path / "台账.sytz", tmp_path / "问题.txt"
    with Ledger.create(path, Unit(code="350300", name="莆田")) as ledger:
        ledger.save(Inspection(title="机房检查", number="JC-1", confidential="secret"))
    table.write_text(text, encoding="utf-8")
    for _again in range(2):
        status = main(["import", str(path), str(table), "--kind", "finding"])
    with Ledger.open(path, read_only=True) as ledger:
        return status, [finding.confidential for finding in ledger.records("finding")]


@pytest.mark.parametrize(
    ("mark", "read"),
    [
        ("", "secret"), ("公开", ""), ("内部", "internal"), ("秘密★3年", "secret"),
        ("机密 10年", "confidential"), ("工作秘密", "work_secret"),
    ],
)  # fmt: skip
def test_a_mark_is_read_or_that_of_the_origin(tmp_path: Path, mark: str, read: str) -> None:
    table = f"标题\t提出日期\t来自检查\t密级\n机房漏水\t2026-03-01\tJC-1\t{mark}\n"
    assert found_marks(tmp_path, table) == (0, [read])


def test_a_table_without_marks_takes_those_of_the_origins(tmp_path: Path) -> None:
    table = "标题\t提出日期\t来自检查\n机房漏水\t2026-03-01\tJC-1\n灯不亮\t2026-03-02\t\n"
    assert found_marks(tmp_path, table) == (0, ["secret", ""])


@pytest.mark.parametrize("mark", ["核心商密", "★3年", "★", "10年", "（3年）"])
def test_a_mark_that_nobody_knows_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], mark: str
) -> None:
    """Of a term alone too nobody can tell which mark it is the term of."""
    table = f"标题\t提出日期\t密级\n机房漏水\t2026-03-01\t{mark}\n"
    assert found_marks(tmp_path, table) == (1, [])
    assert mark in capsys.readouterr().err
