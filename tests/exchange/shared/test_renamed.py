"""A sheet of ours that somebody renamed is still the one that rows go into."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanyou_desktop.exchange.errors import Unsupported
from sanyou_desktop.exchange.shared_tables import kind_by_headers
from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.pledge import Pledge
from tests.exchange.shared.foreign import BOARD, HEADERS, OTHERS, make_foreign
from tests.exchange.shared.readers import sheet_part, titles
from tests.exchange.shared.test_office import converted
from tests.exchange.shared.units import OTHER, OWN, SHEET, finding, save, share_of
from tests.exchange.stored import archive_of, contents, differing

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
NEW = "2026年整改台账"


def rename(path: Path, old: str = SHEET, new: str = NEW) -> None:
    """Change the name where the workbook lists it, as Excel does."""
    parts = contents(path.read_bytes())
    book = parts["xl/workbook.xml"].decode()
    assert f'name="{old}"' in book
    parts["xl/workbook.xml"] = book.replace(f'name="{old}"', f'name="{new}"').encode()
    path.write_bytes(archive_of(parts))


def test_rows_are_changed_withdrawn_and_added_in_the_renamed_sheet(
    ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    kept, gone = save(ledger, finding("甲")), save(ledger, finding("乙"))
    share_ledger(ledger, path)
    rename(path)
    sheets = load_workbook(path).sheetnames
    save(ledger, replace(kept, title="甲改"))
    ledger.delete([gone.id])
    save(ledger, finding("丙"))
    done = share_ledger(ledger, path)
    assert (done.tally.changed, done.tally.withdrawn, done.tally.added) == (1, 1, 1)
    share_of(OTHER, ["丁"], path, tmp_path)
    assert load_workbook(path).sheetnames == sheets
    assert titles(path, NEW) == ["甲改", "乙", "丙", "丁"]


def test_only_the_renamed_sheet_differs(ledger: Ledger, path: Path) -> None:
    make_foreign(path)
    rename(path)
    before = path.read_bytes()
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    assert differing(before, path.read_bytes()) == {sheet_part(path, NEW)}
    assert titles(path, NEW) == [*OTHERS, "甲"]


def test_one_renamed_and_saved_by_openpyxl_is_found(ledger: Ledger, path: Path) -> None:
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    book = load_workbook(path)
    book[SHEET].title = NEW
    book.save(path)
    save(ledger, finding("乙"))
    share_ledger(ledger, path)
    assert titles(path, NEW) == ["甲", "乙"]
    assert SHEET not in load_workbook(path).sheetnames


@pytest.mark.office
@pytest.mark.slow
def test_one_renamed_and_saved_by_libreoffice_is_found(
    ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    rename(path)
    folder = tmp_path / "转换"
    folder.mkdir()
    path.write_bytes(converted(path, "xlsx", folder).read_bytes())
    assert not share_ledger(ledger, path).is_changed
    save(ledger, finding("乙"))
    share_ledger(ledger, path)
    assert titles(path, NEW) == ["甲", "乙"]
    assert SHEET not in load_workbook(path).sheetnames


def test_every_kind_is_known_by_its_headers_alone(ledger: Ledger, path: Path) -> None:
    """Also one whose columns were moved about and added to, and with no row of ours in it yet."""
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    names = load_workbook(path).sheetnames
    assert len(names) == len(REPORTED)
    for number, name in enumerate(names):
        rename(path, name, f"第{number}张")
    book = load_workbook(path)
    book[f"第{names.index('承诺')}张"].insert_cols(1, 2)
    book.save(path)
    ledger.save(Pledge(unit=OWN.code, title="承诺一"))
    share_ledger(ledger, path)
    assert titles(path, f"第{names.index('承诺')}张") == ["承诺一"]
    assert load_workbook(path).sheetnames == [f"第{number}张" for number in range(len(names))]


def test_a_sheet_that_has_the_name_comes_before_one_that_only_looks_like_it(
    ledger: Ledger, path: Path
) -> None:
    """A person kept a copy of the sheet under another name."""
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    book = load_workbook(path)
    copied = book.copy_worksheet(book[SHEET])
    copied.title = "上月备份"
    book.save(path)
    save(ledger, finding("乙"))
    share_ledger(ledger, path)
    assert titles(path, SHEET) == ["甲", "乙"]
    assert titles(path, "上月备份") == ["甲"]


def test_of_two_that_look_like_it_none_is_guessed(ledger: Ledger, path: Path) -> None:
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    book = load_workbook(path)
    book.copy_worksheet(book[SHEET]).title = "上月备份"
    book[SHEET].title = NEW
    book.save(path)
    before = path.read_bytes()
    save(ledger, finding("乙"))
    with pytest.raises(Unsupported, match=f"「{NEW}」和「上月备份」都像是「问题整改」表。文件未变"):
        share_ledger(ledger, path)
    assert path.read_bytes() == before


def test_a_new_sheet_that_took_the_old_name_is_left_alone(ledger: Ledger, path: Path) -> None:
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    rename(path)
    book = load_workbook(path)
    book.create_sheet(SHEET)["A1"] = "领导用的汇总"
    book.save(path)
    save(ledger, finding("乙"))
    share_ledger(ledger, path)
    assert titles(path, NEW) == ["甲", "乙"]
    assert [c.value for row in load_workbook(path)[SHEET] for c in row] == ["领导用的汇总"]


def test_a_row_that_became_confidential_leaves_the_renamed_sheet_too(
    ledger: Ledger, path: Path
) -> None:
    record = save(ledger, finding("泄密隐患"))
    share_ledger(ledger, path)
    rename(path)
    save(ledger, replace(record, confidential="secret"))
    assert share_ledger(ledger, path).tally.withdrawn == 1
    kept = path.with_name("三优共享.上一版.xlsx")
    for file in (path, kept):
        whole = b"".join(contents(file.read_bytes()).values())
        assert "泄密隐患".encode() not in whole


def test_a_sheet_of_somebody_is_not_taken_for_ours(ledger: Ledger, path: Path) -> None:
    make_foreign(path)
    rename(path, SHEET, "别人的表")
    parts = contents(path.read_bytes())
    part = sheet_part(path, "别人的表")
    # Without the hidden column of ids it is no table of ours.
    strings = parts["xl/sharedStrings.xml"].replace("记录标识".encode(), "备查".encode())
    before = parts[part]
    path.write_bytes(archive_of(parts | {"xl/sharedStrings.xml": strings}))
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    assert contents(path.read_bytes())[part] == before
    assert titles(path, SHEET) == ["甲"]
    assert load_workbook(path).sheetnames == [BOARD, "别人的表", "隐藏", SHEET]


def test_headers_that_no_kind_or_two_kinds_have_tell_nothing() -> None:
    assert kind_by_headers(["标题", "责任人", "记录标识"]) == ""
    assert kind_by_headers(["问题描述", "承诺内容"]) == ""
    assert kind_by_headers(HEADERS) == "finding"
