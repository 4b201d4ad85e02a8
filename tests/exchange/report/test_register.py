"""From the hidden register alone a superior rebuilds the records, with a reader of its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from sanyou_desktop.exchange import register_sheet
from sanyou_desktop.exchange.register import RegisterRow, in_cells, json_of
from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.ledger.history import from_content
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.model.campaign_round import CampaignRound
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.kinds import REPORTED, kind_of
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.unit import Unit
from tests.exchange.report.filled import OWN, SUPERIOR, fill, save

Cells = list[list[object]]
HARD = "=1+1 _x0041_ _xFFFF_ 𠮷\n\t\"\\ \x01\x1f \ufffe ' 中文 <b>&amp;</b> "


def by_openpyxl(path: Path) -> Cells:
    book = load_workbook(path, read_only=True)
    pages = [book[name] for name in book.sheetnames if name.startswith("_meta")]
    return [[cell.value for cell in row] for page in pages for row in page.iter_rows()]


def by_calamine(path: Path) -> Cells:
    book = CalamineWorkbook.from_path(path)
    return [
        list(row)
        for name in book.sheet_names
        if name.startswith("_meta")
        for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    ]


READERS = pytest.mark.parametrize("read", [by_openpyxl, by_calamine])
Read = Callable[[Path], Cells]


def facts_and_rows(cells: Cells) -> tuple[dict[str, object], list[list[str]]]:
    """Read what the format says, by a code of its own."""
    texts = [["" if cell is None else str(cell) for cell in row] for row in cells]
    parting = next(at for at, row in enumerate(texts) if not any(row))
    return {row[0]: row[1] for row in texts[:parting]}, texts[parting + 1 :]


def manifest_of(rows: list[list[str]]) -> str:
    """Recompute the manifest as the format says."""
    lines = (
        "\t".join([row[0], row[1], str(int(float(row[2]))), row[3], "".join(row[6:])])
        for row in rows
    )
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def rebuilt(rows: list[list[str]]) -> dict[str, Record]:
    return {row[1]: from_content(row[0], "".join(row[6:])) for row in rows}


@READERS
def test_every_record_is_rebuilt_as_it_is_in_the_ledger(
    ledger: Ledger, path: Path, read: Read
) -> None:
    fill(ledger)
    save(ledger, "pledge", title="长", statement=HARD + "字🙂" * 40_000, notes=HARD)
    ledger.save(CampaignRound(unit=OWN.code, name="第一轮"))
    export_report(ledger, path, "", "")
    facts, rows = facts_and_rows(read(path))
    found = rebuilt(rows)
    kinds = (*REPORTED, "unit", "round")
    assert found == {record.id: record for kind in kinds for record in ledger.records(kind)}
    assert float(str(facts["format"])) == 2
    assert float(str(facts["rows"])) == len(rows) == 9
    assert facts["manifest"] == manifest_of(rows)


@READERS
def test_a_row_says_where_people_see_the_record(ledger: Ledger, path: Path, read: Read) -> None:
    fill(ledger)
    save(ledger, "pledge", title="第二条")
    export_report(ledger, path)
    book = load_workbook(path)
    _facts, rows = facts_and_rows(read(path))
    for row in map(RegisterRow.from_cells, rows):
        if row.kind not in REPORTED:
            assert (row.sheet, row.row, row.hash) == ("", 0, "")
            continue
        assert row.sheet == kind_of(row.kind).title
        seen = [cell.value for cell in book[row.sheet][row.row]]
        assert {row.id, row.hash} <= set(seen)


def test_a_row_is_read_from_its_cells(ledger: Ledger) -> None:
    record = save(ledger, "pledge", statement="长" * 70_000)
    pieces = list(in_cells(json_of(record)))
    assert len(pieces) > 1
    row = RegisterRow("pledge", record.id, 1, "abc", "承诺", 4, json_of(record))
    assert RegisterRow.from_cells(["pledge", record.id, 1.0, "abc", "承诺", "4", *pieces]) == row
    unseen = RegisterRow.from_cells(["pledge", record.id, 1, None, "", None, *pieces, None, ""])
    assert unseen == RegisterRow.of(record)


@pytest.mark.parametrize("cells", [[], ["pledge"], ["", "", "", "", "", "", "{}"], [1, 2, "x"] * 3])
def test_what_is_no_row_is_refused(cells: list[object]) -> None:
    with pytest.raises(ValueError):
        RegisterRow.from_cells(cells)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 3))
def test_pieces_fit_a_cell_and_join_to_the_text(text: str, pad: int) -> None:
    whole = "x" * pad + text + "🙂" * 16_001 + text
    pieces = list(in_cells(whole))
    assert "".join(pieces) == whole
    assert all(len(piece.encode("utf-16-le")) <= 64_000 for piece in pieces)


def test_the_register_goes_on_in_further_sheets(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_sheet, "MOST_ROWS", 16)
    for number in range(20):
        save(ledger, "pledge", title=f"第{number}条")
    export_report(ledger, path)
    book = load_workbook(path)
    pages = [name for name in book.sheetnames if name.startswith("_meta")]
    assert pages == ["_meta", "_meta_2", "_meta_3"]
    assert {book[name].sheet_state for name in pages} == {"hidden"}
    assert [book[name].max_row for name in pages] == [16, 16, 1]
    for read in (by_openpyxl, by_calamine):
        facts, rows = facts_and_rows(read(path))
        assert len(rows) == 21
        assert facts["manifest"] == manifest_of(rows)


def test_plans_and_checklists_go_along_where_a_record_refers_to_them(
    ledger: Ledger, path: Path
) -> None:
    used, unused, secret = (
        save(ledger, "scheme", title=title, confidential=mark)
        for title, mark in (("五查", ""), ("没用到", ""), ("不能外传的清单", "secret"))
    )
    plans = [
        save(ledger, "plan", title="年度计划", checklist=used.id),
        save(ledger, "plan", title="另一计划", checklist=secret.id),
        save(ledger, "plan", title="不能外传的计划", confidential="internal"),
    ]
    for plan in plans:
        save(ledger, "inspection", plan=plan.id)
    export_report(ledger, path)
    _facts, rows = facts_and_rows(by_openpyxl(path))
    going = {row[1] for row in rows if row[0] in ("plan", "scheme")}
    assert going == {plans[0].id, plans[1].id, used.id}
    assert unused.id not in going
    assert "不能外传" not in json.dumps(by_calamine(path), default=str, ensure_ascii=False)


def test_units_go_along_with_those_over_them_up_to_our_own(ledger: Ledger, path: Path) -> None:
    ledger.save(SUPERIOR)
    for code, superior in (("350302", OWN.code), ("35030201", "350302"), ("350399", OWN.code)):
        ledger.save(Unit(code=code, name=f"单位{code}", superior=superior, unit=OWN.code))
    export_report(ledger, path)
    assert units_in(path) == {OWN.code}
    save(ledger, "pledge", unit="35030201")
    save(ledger, "pledge", unit="不在册")
    export_report(ledger, path)
    assert units_in(path) == {OWN.code, "350302", "35030201"}


def units_in(path: Path) -> set[str]:
    _facts, rows = facts_and_rows(by_openpyxl(path))
    return {
        unit.code
        for unit in rebuilt([row for row in rows if row[0] == "unit"]).values()
        if isinstance(unit, Unit)
    }


def test_a_record_changed_while_the_report_is_written_is_in_it_as_it_was(
    ledger: Ledger, path: Path
) -> None:
    everything, writer = Query(), ledger
    draft = Draft.from_json("pledge", {"title": "后"}, unit=OWN.code)
    for _number in range(250):
        ledger.save(Draft.from_json("pledge", {"title": "先"}, unit=OWN.code).accepted())
    activity = save(ledger, "activity", title="先")

    def change(_done: int, _total: int) -> None:
        if writer.count("pledge", everything) == 250:
            writer.save(draft.accepted())
            writer.delete([activity.id])

    with Ledger.open(ledger.path, read_only=True) as reader:
        done = export_report(reader, path, progress=change)
    assert done.records == 251
    assert ledger.count("pledge", everything) == 251
