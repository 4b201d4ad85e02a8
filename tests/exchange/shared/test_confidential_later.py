"""A record that is made confidential later leaves every copy of its row that the export keeps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from tests.exchange.shared.readers import part_of, shown
from tests.exchange.shared.test_office import converted
from tests.exchange.shared.units import OTHER, SHEET, finding, save, share_of


def copy_last_row(path: Path) -> None:
    book = load_workbook(path)
    sheet = book[SHEET]
    sheet.append([cell.value for cell in sheet[sheet.max_row]])
    book.save(path)


def test_the_version_before_keeps_all_but_it(ledger: Ledger, path: Path, tmp_path: Path) -> None:
    record = save(ledger, finding("泄密隐患", description="机房门禁失效"))
    other = save(ledger, finding("车库照明"))
    share_ledger(ledger, path)
    share_of(OTHER, ["外单位的"], path, tmp_path)
    save(ledger, replace(record, confidential="secret"))
    save(ledger, replace(other, title="改过的"))
    share_ledger(ledger, path)
    kept = path.with_name("三优共享.上一版.xlsx")
    for held, own in ((path, "改过的"), (kept, "车库照明")):
        assert "门禁".encode() not in part_of(held, SHEET)
        found = {row["标题"]: row["上报状态"] for row in shown(held, SHEET)}
        assert found[""] == "已撤回"
        assert set(found) == {"", own, "外单位的"}


def strings(path: Path) -> str:
    with ZipFile(path) as archive:
        return archive.read("xl/sharedStrings.xml").decode()


@pytest.mark.office
@pytest.mark.slow
def test_no_shared_string_keeps_its_text_once_an_office_program_saved_the_file(
    ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    record = save(ledger, finding("泄密隐患", description="机房门禁失效", place="三楼"))
    save(ledger, finding("车库照明", place="三楼"))
    share_ledger(ledger, path)
    share_of(OTHER, ["外单位的", "泄密隐患"], path, tmp_path)
    folder = tmp_path / "另存"
    folder.mkdir()
    path.write_bytes(converted(path, "xlsx", folder).read_bytes())
    assert "机房门禁失效" in strings(path)
    before = {row["标题"]: row["发现地点"] for row in shown(path, SHEET)}

    save(ledger, replace(record, confidential="secret"))
    share_ledger(ledger, path)

    kept = path.with_name("三优共享.上一版.xlsx")
    for held in (path, kept):
        assert "机房门禁失效" not in strings(held)
        assert "三楼" in strings(held)
        after = {row["标题"]: row["发现地点"] for row in shown(held, SHEET)}
        assert after == {**before, "": "", "泄密隐患": before["外单位的"]}


def test_a_copied_row_is_told_and_left_alone(ledger: Ledger, path: Path) -> None:
    record = save(ledger, finding("甲"))
    share_ledger(ledger, path)
    copy_last_row(path)
    save(ledger, replace(record, title="乙"))
    done = share_ledger(ledger, path)
    assert (done.tally.changed, done.tally.copies) == (1, 1)
    assert "1 行像是复制出来的" in str(done)
    assert [row["标题"] for row in shown(path, SHEET)] == ["乙", "甲"]


def test_a_copied_row_is_emptied_with_the_one_it_was_made_of(ledger: Ledger, path: Path) -> None:
    record = save(ledger, finding("泄密隐患"))
    share_ledger(ledger, path)
    copy_last_row(path)
    save(ledger, replace(record, confidential="secret"))
    assert share_ledger(ledger, path).tally.emptied == 2
    kept = path.with_name("三优共享.上一版.xlsx")
    for held in (path, kept):
        assert [row["上报状态"] for row in shown(held, SHEET)] == ["已撤回", "已撤回"]
        assert {row["标题"] for row in shown(held, SHEET)} == {""}
    assert not share_ledger(ledger, path).is_changed
