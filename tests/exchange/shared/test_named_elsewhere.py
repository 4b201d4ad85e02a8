"""What became confidential is named by no other row any longer; where others copied it is told."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from sanyou_desktop.exchange.share_scope import Scope
from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.inspection import Inspection
from tests.exchange.shared.features import Parts, pivot_table
from tests.exchange.shared.readers import sheet_part, shown
from tests.exchange.shared.test_office import converted
from tests.exchange.shared.units import OTHER, OWN, SHEET, finding, save, share_of
from tests.exchange.stored import archive_of, contents

TITLE = "机房门禁突击检查"
NAMELESS = "（未导出的记录）"
SCOPES = [
    Scope(),
    Scope(kinds=("pledge",)),
    Scope(first="2030", last="2031"),
]


@pytest.fixture
def inspection(ledger: Ledger, path: Path) -> Inspection:
    """An inspection that is shared, and named in the row of a finding that is shared too."""
    made = ledger.save(Inspection(unit=OWN.code, title=TITLE)).record
    assert isinstance(made, Inspection)
    save(ledger, finding("车库照明", inspection=made.id, raised_on=PartialDate.parse("2026-03-01")))
    share_ledger(ledger, path)
    assert TITLE in str(shown(path, SHEET)[0]["来自检查"])
    return made


def before(path: Path) -> Path:
    return path.with_name("三优共享.上一版.xlsx")


def whole(path: Path) -> str:
    return b"".join(contents(path.read_bytes()).values()).decode("utf-8", "replace")


def marked(ledger: Ledger, record: Inspection) -> None:
    found = ledger.get(record.id)
    assert found is not None
    ledger.save(replace(found, confidential="secret"))


@pytest.mark.parametrize("scope", SCOPES, ids=["all", "other kinds", "other period"])
def test_no_row_and_no_version_names_it_whatever_is_shared(
    ledger: Ledger, path: Path, inspection: Inspection, scope: Scope
) -> None:
    marked(ledger, inspection)
    done = share_ledger(ledger, path, scope=scope)
    assert (done.tally.emptied, done.tally.unnamed) == (1, 1)
    assert "有 1 行提到有密级的记录，其中的名称已隐去。" in str(done)
    for held in (path, before(path)):
        assert TITLE not in whole(held)
        (row,) = shown(held, SHEET)
        assert (row["标题"], row["来自检查"]) == ("车库照明", NAMELESS)
    assert not share_ledger(ledger, path, scope=scope).is_changed


def test_a_withdrawn_row_names_it_no_longer_either(
    ledger: Ledger, path: Path, inspection: Inspection
) -> None:
    (found,) = ledger.records("finding")
    ledger.delete([found.id])
    share_ledger(ledger, path)
    marked(ledger, inspection)
    assert share_ledger(ledger, path).tally.unnamed == 1
    (row,) = shown(path, SHEET)
    assert (row["上报状态"], row["来自检查"]) == ("已撤回", NAMELESS)


@pytest.mark.office
@pytest.mark.slow
def test_its_name_leaves_the_shared_strings_too(
    ledger: Ledger, path: Path, inspection: Inspection, tmp_path: Path
) -> None:
    folder = tmp_path / "另存"
    folder.mkdir()
    path.write_bytes(converted(path, "xlsx", folder).read_bytes())
    assert TITLE in contents(path.read_bytes())["xl/sharedStrings.xml"].decode()
    marked(ledger, inspection)
    done = share_ledger(ledger, path)
    assert done.remains == ()
    for held in (path, before(path)):
        assert TITLE not in whole(held)


def with_cache(parts: Parts, sheet: str) -> Parts:
    made = pivot_table(parts, sheet)
    kept = "xl/pivotCache/pivotCacheDefinition9.xml"
    return made | {kept: made[kept].replace("食堂".encode(), TITLE.encode())}


def test_a_pivot_cache_that_keeps_it_is_told_each_time_and_keeps_its_bytes(
    ledger: Ledger, path: Path, inspection: Inspection
) -> None:
    parts = with_cache(contents(path.read_bytes()), sheet_part(path, SHEET))
    path.write_bytes(archive_of(parts))
    assert share_ledger(ledger, path).remains == ()
    marked(ledger, inspection)
    for _again in range(2):
        done = share_ledger(ledger, path)
        assert list(map(str, done.remains)) == ["数据透视表"]
        assert "还留在：数据透视表（旁边的上一版里也可能有）" in str(done)
        assert done.outgoing.result == str(done)
    now = contents(path.read_bytes())
    kept = [name for name in parts if "pivot" in name]
    assert len(kept) == 5
    assert {name: now[name] for name in kept} == {name: parts[name] for name in kept}


def test_a_sheet_that_copied_it_is_told_by_its_name(
    ledger: Ledger, path: Path, inspection: Inspection
) -> None:
    from openpyxl import load_workbook

    book = load_workbook(path)
    book.create_sheet("领导看板")["A1"] = f"本月重点：{TITLE}"
    book.save(path)
    marked(ledger, inspection)
    assert list(map(str, share_ledger(ledger, path).remains)) == ["工作表「领导看板」"]


def test_what_others_say_in_the_same_words_betrays_nothing(
    ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    record = save(ledger, finding("走廊照明"))
    share_ledger(ledger, path)
    share_of(OTHER, ["走廊照明"], path, tmp_path)
    save(ledger, replace(record, confidential="secret"))
    assert share_ledger(ledger, path).remains == ()


def test_a_filter_that_somebody_left_on_our_own_sheet_is_told(
    ledger: Ledger, path: Path, inspection: Inspection
) -> None:
    parts, sheet = contents(path.read_bytes()), sheet_part(path, "检查")
    chosen = f'<filterColumn colId="1"><filters><filter val="{TITLE}"/></filters></filterColumn>'
    made, count = re.subn(
        rb"<autoFilter ([^>]*)/>",
        rb"<autoFilter \1>" + chosen.encode() + b"</autoFilter>",
        parts[sheet],
    )
    assert count == 1
    path.write_bytes(archive_of(parts | {sheet: made}))
    marked(ledger, inspection)
    assert list(map(str, share_ledger(ledger, path).remains)) == ["工作表「检查」"]


@pytest.mark.parametrize(("cached", "told"), [("暗访", True), ("暗访组", False)])
def test_a_short_title_counts_only_by_itself(
    ledger: Ledger, path: Path, cached: str, told: bool
) -> None:
    record = save(ledger, finding("暗访"))
    share_ledger(ledger, path)
    parts = pivot_table(contents(path.read_bytes()), sheet_part(path, SHEET))
    kept = "xl/pivotCache/pivotCacheDefinition9.xml"
    parts[kept] = parts[kept].replace("食堂".encode(), cached.encode())
    path.write_bytes(archive_of(parts))
    save(ledger, replace(record, confidential="internal"))
    assert bool(share_ledger(ledger, path).remains) == told
