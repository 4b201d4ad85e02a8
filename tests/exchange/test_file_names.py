"""Names are suggested that every system takes, and names as long as a system takes are written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.exchange.file_names import file_name
from sanyou_desktop.exchange.office_owner import check_not_open
from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.exchange.safe_write import clear_leftovers, replacing
from sanyou_desktop.ledger.ledger import Ledger
from tests.exchange.report.filled import OWN

# Linux: 255 bytes.
LONGEST = "长" * 83 + "a.xlsx"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("督办单 1/2：灯", "督办单 1 2：灯.pdf"),
        ('a/b:c*?"<>|.', "a b c.pdf"),
        ("", "打印.pdf"),
        ("...", "打印.pdf"),
        ("第一行\n第二行", "第一行 第二行.pdf"),
        ("长" * 200, "长" * 65 + ".pdf"),
        ("a" * 195 + " 长", "a" * 195 + ".pdf"),
    ],
)
def test_words_become_a_name(words: str, name: str) -> None:
    assert file_name(words, ".pdf", "打印") == name


@given(st.text(max_size=400))
def test_any_words_become_a_name_that_a_system_takes(words: str) -> None:
    made = file_name(words, ".sanyou-list.json", "清单")
    assert made.endswith(".sanyou-list.json")
    assert len(made.encode()) <= 200
    assert not set(made) & set('\\/:*?"<>|\n\0')
    assert made.strip(" .") == made
    assert Path(made).name == made


def test_a_name_as_long_as_can_be_is_written(tmp_path: Path) -> None:
    path = tmp_path / LONGEST
    assert len(LONGEST.encode()) == 255
    with replacing(path) as temporary:
        temporary.write_text("甲")
    assert [one.name for one in tmp_path.iterdir()] == [LONGEST]
    clear_leftovers(path)


def test_a_name_too_long_for_an_owner_file_is_not_told_to_be_open(tmp_path: Path) -> None:
    check_not_open(tmp_path / LONGEST)
    with Ledger.create(tmp_path / "台账.sytz", OWN) as ledger:
        export_report(ledger, tmp_path / LONGEST)
    assert (tmp_path / LONGEST).exists()


def test_a_longer_name_is_refused_with_the_reason(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "台账.sytz", OWN) as ledger, pytest.raises(CannotWrite) as told:
        export_report(ledger, tmp_path / f"长{LONGEST}")
    assert "没有写入" in str(told.value) or "写不进" in str(told.value)
    assert [one.name for one in tmp_path.iterdir() if one.suffix not in (".sytz", ".lock")] == []
