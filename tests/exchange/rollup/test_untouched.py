"""A report that nobody saved since it was made: what people see of it need not be read again."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sanyou_desktop.exchange import read_workbook
from sanyou_desktop.exchange.report_seal import seal_of
from sanyou_desktop.model.incoming import State
from tests.exchange.report.readers import converted
from tests.exchange.rollup.conftest import MakeUnit, Reporter, saved_again


def with_part(report: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Return a copy with one part changed and all others, their sizes and sums, as they are."""
    copy = report.with_name(f"件-{report.name}")
    with zipfile.ZipFile(report) as there, zipfile.ZipFile(copy, "w") as made:
        for entry in there.infolist():
            content = there.read(entry)
            made.writestr(entry, change(content) if entry.filename == part else content)
    return copy


def sheet_of(report: Path, text: str) -> str:
    """Return the name of the visible sheet's part that shows a text."""
    with zipfile.ZipFile(report) as package:
        sheets = [name for name in package.namelist() if "/sheet" in name]
        (found,) = [name for name in sheets[:-1] if text.encode() in package.read(name)]
    return found


@pytest.fixture
def no_visible_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody look at a visible sheet."""

    def refused(*_given: object) -> None:
        raise AssertionError("read")

    monkeypatch.setattr(read_workbook, "VisibleSheet", refused)


@pytest.mark.usefixtures("no_visible_rows")
def test_a_report_as_it_was_made_is_taken_by_its_register_alone(
    superior: Reporter, county: Reporter
) -> None:
    county.add("finding", title="油烟机未清洗", severity="minor")
    assert superior.roll_up(county.report()).preview.counts[State.NEW] == 2


@pytest.mark.usefixtures("no_visible_rows")
def test_the_visible_sheets_of_a_report_that_another_program_saved_are_read(
    superior: Reporter, county: Reporter
) -> None:
    county.add("pledge")
    with pytest.raises(AssertionError, match="read"):
        superior.roll_up(saved_again(county.report(), lambda book: None))


@pytest.mark.usefixtures("no_visible_rows")
@pytest.mark.office
def test_the_visible_sheets_of_a_report_that_an_office_program_saved_are_read(
    superior: Reporter, county: Reporter
) -> None:
    county.add("pledge")
    with pytest.raises(AssertionError, match="read"):
        superior.roll_up(converted(county.report(), "xlsx"))


def test_one_text_changed_within_a_sheet_is_found(superior: Reporter, county: Reporter) -> None:
    made = county.add("pledge", person="陈建国")
    report = county.report()
    part = sheet_of(report, "陈建国")

    def change(sheet: bytes) -> bytes:
        return sheet.replace("陈建国".encode(), "林建国".encode())

    (row,) = superior.roll_up(with_part(report, part, change)).preview.of(State.NEW)[1:]
    assert row.id == made.id
    assert row.notes[0].startswith("改于表中：")


def test_a_report_of_an_older_program_is_compared_with_what_people_see(
    superior: Reporter, county: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    county.add("pledge", person="陈建国")
    monkeypatch.setattr("sanyou_desktop.exchange.register_sheet.seal_of", lambda *_given: "")
    report = county.report()
    part = sheet_of(report, "陈建国")

    def change(sheet: bytes) -> bytes:
        return sheet.replace("陈建国".encode(), "林芳".encode())

    found = superior.roll_up(with_part(report, part, change))
    assert [row.notes[0] for row in found.preview.of(State.NEW) if row.notes]


def test_a_sheet_whose_bytes_do_not_fit_their_sum_is_damage(
    superior: Reporter, county: Reporter, unit: MakeUnit
) -> None:
    """The directory still tells what was written; what stands there is something else."""
    county.add("pledge", person="陈建国")
    report = county.report()
    part = sheet_of(report, "陈建国")
    copy = with_part(report, part, lambda sheet: sheet.replace("陈".encode(), "林".encode()))
    with zipfile.ZipFile(report) as package:
        wanted = package.getinfo(part).CRC.to_bytes(4, "little")
    with zipfile.ZipFile(copy) as package:
        found = package.getinfo(part).CRC.to_bytes(4, "little")
    data = copy.read_bytes()
    assert data.count(found) == 2
    copy.write_bytes(data.replace(found, wanted))
    other = unit("350700", "南平市机关事务管理局")
    taken = superior.roll_up(copy, other.report())
    (left,) = taken.preview.left_out
    assert "已损坏" in left.reason
    assert [file.unit for file in taken.files] == ["350700"]


def test_the_seal_tells_each_part_its_sum_and_its_size_but_not_their_order() -> None:
    one, two = ("a.xml", 1, 2), ("b.xml", 3, 4)
    sealed = seal_of([one, two], ())
    assert seal_of([two, one], ()) == sealed
    assert seal_of([one, two, ("c.xml", 5, 6)], ("c.xml",)) == sealed
    others = [[one], [one, two, ("c.xml", 5, 6)], [("a.xml", 9, 2), two], [("a.xml", 1, 9), two]]
    assert len({sealed, *(seal_of(parts, ()) for parts in others)}) == 5
