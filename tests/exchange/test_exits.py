"""No file that the program writes by itself holds anything of what has a mark of secrecy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanyou_desktop.exchange import catalogue_document, catalogue_workbook
from sanyou_desktop.exchange.own_form.cards import fill_cards
from sanyou_desktop.exchange.own_form.from_ledger import SheetToFill, Wanted, fill
from sanyou_desktop.exchange.own_form.layout import CARD
from sanyou_desktop.exchange.own_form.looking import Form, best_of
from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.exchange.summary_report import write_report
from sanyou_desktop.ledger.exports import Outgoing
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import NOT_CONFIDENTIAL
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.unit import Member
from tests.exchange.own_form import offices
from tests.exchange.own_form.superior import make_form
from tests.exchange.secrets_kept import OPEN, OWN, SECRET, filled_in, make_ledger, texts_in


@pytest.fixture(scope="module")
def ledger_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledgers") / "有密级.sytz"
    make_ledger(path)
    return path


def fill_form(ledger: Ledger, path: Path) -> Outgoing:
    form = path.with_name("上级台账.xlsx")
    make_form(form)
    read = Form(form)
    look = best_of([read.look(name) for name in read.sheets])
    return fill(ledger, read, [SheetToFill(look.layout)], path, Wanted()).outgoing


def fill_card(ledger: Ledger, path: Path) -> Outgoing:
    form = Form(offices.card(path.with_name("通知单.xlsx")))
    sheet = SheetToFill(form.look("报表", "finding", 0, CARD).layout)
    return fill_cards(ledger, form, [sheet], path, Wanted(), progress=lambda *_steps: None).outgoing


def fill_figures(ledger: Ledger, path: Path) -> Outgoing:
    form = Form(offices.figures(path.with_name("统计表.xlsx")))
    return fill(ledger, form, [SheetToFill(form.look("报表").layout)], path, Wanted()).outgoing


def list_rules(ledger: Ledger, path: Path) -> Outgoing:
    if path.suffix == ".xlsx":
        made = catalogue_workbook.write_catalogue(ledger, path, only_in_force=False)
    else:
        made = catalogue_document.write_catalogue(
            ledger, path, only_in_force=False, with_texts=True
        )
    return made.outgoing(path)


# By the name of the file: what writes it, and returns the line for the log.
EXITS: Mapping[str, Callable[[Ledger, Path], Outgoing]] = {
    "上报.xlsx": lambda ledger, path: export_report(ledger, path, photos=True).outgoing,
    "共享.xlsx": lambda ledger, path: share_ledger(ledger, path).outgoing,
    "总结.docx": lambda ledger, path: write_report(ledger, path).outgoing(path, "", ""),
    "总结.pdf": lambda ledger, path: write_report(ledger, path).outgoing(path, "", ""),
    "套表.xlsx": fill_form,
    "目录.xlsx": list_rules,
    "目录.docx": list_rules,
}


@pytest.mark.pdf
@pytest.mark.parametrize("name", EXITS)
def test_no_file_holds_anything_of_what_has_a_mark(
    ledger_path: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    with Ledger.open(ledger_path) as ledger:
        outgoing = EXITS[name](ledger, path)
        ledger.exports.note(outgoing)
        line = ledger.exports.lines()[0]
        held = [ledger.get(one) for one in ledger.exports.held(line.seq)]
    told = texts_in(path)
    assert OPEN in told
    assert SECRET not in told
    assert held
    assert not [one for one in held if one is None or one.confidential]
    assert (line.target, line.confidential, line.result) == (str(path.resolve()), 0, line.result)
    assert line.result


def test_no_card_holds_anything_of_what_has_a_mark(ledger_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "通知单 已填"
    with Ledger.open(ledger_path) as ledger:
        outgoing = fill_card(ledger, folder)
        open_ones = ledger.count("finding", Wanted().query(ledger.unit, NOT_CONFIDENTIAL))
    told = "".join(map(texts_in, sorted(folder.iterdir())))
    assert OPEN in told
    assert SECRET not in told
    assert SECRET not in "".join(path.name for path in folder.iterdir())
    assert outgoing.records == open_ones


def test_no_figure_counts_what_has_a_mark(ledger_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "统计表 已填.xlsx"
    with Ledger.open(ledger_path) as ledger:
        outgoing = fill_figures(ledger, path)
        count = ledger.count("finding", Wanted().query(ledger.unit, NOT_CONFIDENTIAL))
        every = ledger.count("finding", Wanted().query(ledger.unit))
    assert count < every
    assert load_workbook(path)["报表"]["C4"].value == count
    assert "有密级的" in outgoing.result


@pytest.mark.pdf
@pytest.mark.parametrize("name", EXITS)
def test_of_an_own_unit_with_a_mark_only_its_name_and_code_leave(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with Ledger.create(tmp_path / "台账.sytz", OWN) as ledger:
        member = Member(key="a", name=SECRET, post=SECRET, role=SECRET)
        ledger.save(
            replace(
                ledger.own_unit(), contact=SECRET, phone=SECRET, aliases=(SECRET,), notes=SECRET,
                leading_group=(member,), confidential="secret",
            )
        )  # fmt: skip
        for kind in REPORTED:
            ledger.save(filled_in(kind, OPEN))
        EXITS[name](ledger, path)
    told = texts_in(path)
    assert OPEN in told
    assert SECRET not in told
