"""The catalogue lists every rule once, by category, and no confidential one; read by others."""

from __future__ import annotations

import re
import subprocess
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl import load_workbook

from sanyou_desktop.exchange import catalogue_document, catalogue_workbook
from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.exchange.rule_catalogue import Progress
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.rule_life import put_in_force
from sanyou_desktop.model.unit import Unit
from tests.exchange.office_rules import faults_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SECRET = "涉密车辆管理规定"
_TEXT = (
    "第一章 总则\n第一条 为规范公务接待，制定本办法。\n一、原则\n（一）务实节俭\n从严控制标准。\x0b"
)


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger.create(tmp_path / "制度.sytz", Unit(code="u", name="晋江市政府办公室"))
    old = made.save(
        Rule(
            unit="u",
            title="公务接待管理办法",
            category="reception",
            genre="measure",
            status="repealed",
            doc_number="晋政办〔2020〕3号",
            effective_on=day("2020-02-01"),
            repealed_on=day("2026-04-01"),
        )
    ).record
    secret = made.save(
        Rule(unit="u", title=_SECRET, category="vehicles", status="in_force", confidential="secret")
    ).record
    for rule in (
        Rule(
            unit="u",
            title="公务接待管理办法",
            category="reception",
            genre="measure",
            status="in_force",
            doc_number="晋政办〔2026〕3号",
            issued_on=day("2026-03-05"),
            effective_on=day("2026-04-01"),
            replaces=old.id,
            joint_issuers=("晋江市财政局",),
            text=_TEXT,
        ),
        Rule(
            unit="u",
            title="=车辆使用规定",
            category="vehicles",
            status="revising",
            issued_on=day("2003-08"),
            replaces=secret.id,
        ),
        Rule(
            unit="u",
            title="后勤保障十六项制度",
            status="in_force",
            collection=True,
            announced_count=16,
            titles=("值班制度", "保密制度", "采购制度"),
        ),
        Rule(unit="u", title="会议管理办法（草案）", category="meetings"),
    ):
        made.save(rule)
    return made


def cells(path: Path) -> list[list[object]]:
    book = load_workbook(path)
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def paragraphs(path: Path) -> list[str]:
    with ZipFile(path) as package:
        assert package.testzip() is None
        root = etree.fromstring(package.read("word/document.xml"))
    return ["".join(map(str, one.itertext(f"{_W}t"))) for one in root.iter(f"{_W}p")]


def test_the_workbook_lists_what_is_in_force(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "目录.xlsx"
    with ledger:
        told = str(catalogue_workbook.write_catalogue(ledger, path, only_in_force=True))
    assert told == (
        "共 3 件；其中成套公布：16 项（1 个单位报数，已录标题 3/16）。有密级的 1 件没有列入。"
    )
    rows = cells(path)
    assert rows[0][0] == "制度汇编目录"
    assert "晋江市政府办公室" in str(rows[1][0])
    assert rows[2] == [
        *("序号", "类别", "名称", "发文字号", "文种"),
        *("制定机关", "发布日期", "施行日期", "状态", "替代"),
    ]
    assert rows[3][0] == "接待（1 件）"
    assert rows[4] == [
        1,
        "接待",
        "公务接待管理办法",
        "晋政办〔2026〕3号",
        "办法",
        "晋江市政府办公室、晋江市财政局",
        datetime(2026, 3, 5),
        datetime(2026, 4, 1),
        "现行有效",
        "替代《公务接待管理办法》（晋政办〔2020〕3号）",
    ]
    assert rows[5][0] == "车辆（1 件）"
    # A month is no day, a title no formula, and a confidential rule is not named.
    assert rows[6][2:10] == [
        *("=车辆使用规定", None, None, "晋江市政府办公室"),
        *("2003-08", None, "修订中", None),
    ]
    assert rows[7][0] == "未分类（1 件）"
    assert rows[8][2] == (
        "后勤保障十六项制度\n"
        "公布 16 项，已录名称 3 项，另 13 项名称未录：值班制度、保密制度、采购制度"
    )
    assert str(rows[9][0]).startswith("共 3 件")


def test_all_of_them_with_what_was_repealed(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "目录.xlsx"
    with ledger:
        catalogue_workbook.write_catalogue(ledger, path, only_in_force=False)
    listed = {(row[2], row[8]): row[9] for row in cells(path) if row[1] and row[0] != "序号"}
    assert len(listed) == 5
    assert listed["公务接待管理办法", "已废止"] == "被《公务接待管理办法》（晋政办〔2026〕3号）替代"
    assert ("会议管理办法（草案）", "起草") in listed


def test_what_takes_effect_on_a_day_to_come_is_listed_beside_what_holds_until_then(
    tmp_path: Path,
) -> None:
    path = tmp_path / "目录.xlsx"
    with Ledger.create(tmp_path / "制度.sytz", Unit(code="u", name="晋江市政府办公室")) as ledger:
        old = ledger.save(Rule(unit="u", title="旧办法", status="in_force")).record
        new = ledger.save(Rule(unit="u", title="新办法", replaces=old.id)).record
        assert isinstance(old, Rule)
        assert isinstance(new, Rule)
        issued = put_in_force(
            new, old, doc_number="", issued_on=day("2026-03-05"), effective_on=day("2199-01-01")
        )
        ledger.save_many(issued, "发布")
        catalogue_workbook.write_catalogue(ledger, path, only_in_force=True)
    listed = {row[2]: row[8] for row in cells(path) if row[1] and row[0] != "序号"}
    assert listed == {"旧办法": "即将废止", "新办法": "尚未施行"}


def test_the_document_has_tables_and_texts(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "目录.docx"
    with ledger:
        catalogue_document.write_catalogue(ledger, path, only_in_force=True, with_texts=True)
    found = paragraphs(path)
    assert found[0] == "制度汇编目录"
    for text in ("一、接待（1 件）", "二、车辆（1 件）", "=车辆使用规定", "晋政办〔2026〕3号"):
        assert text in found
    assert found[-4:] == [
        "第一条 为规范公务接待，制定本办法。",
        "一、原则",
        "（一）务实节俭",
        "从严控制标准。",
    ]


def test_the_document_is_set_as_the_standard_says(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "目录.docx"
    with ledger:
        catalogue_document.write_catalogue(ledger, path, only_in_force=True, with_texts=False)
    with ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
        footers = [
            package.read(name).decode()
            for name in package.namelist()
            if re.fullmatch(r"word/footer\d+\.xml", name)
        ]
    margins = root.find(f".//{_W}pgMar")
    size = root.find(f".//{_W}pgSz")
    assert margins is not None
    assert size is not None
    twips = 1440 / 25.4
    for side, millimetres in (("top", 37), ("bottom", 35), ("left", 28), ("right", 26)):
        assert abs(int(margins.attrib[f"{_W}{side}"]) / twips - millimetres) < 0.1
    assert abs(int(size.attrib[f"{_W}w"]) / twips - 210) < 0.1
    title = root.find(f".//{_W}body/{_W}p/{_W}r/{_W}rPr")
    assert title is not None
    fonts, points = title.find(f"{_W}rFonts"), title.find(f"{_W}sz")
    assert fonts is not None
    assert points is not None
    assert fonts.attrib[f"{_W}eastAsia"] == "方正小标宋简体"
    assert points.attrib[f"{_W}val"] == "44"
    assert len(footers) == 2
    assert all("PAGE" in footer and "— " in footer for footer in footers)


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
@pytest.mark.parametrize("only_in_force", [True, False])
def test_confidential_rules_never_leave(
    ledger: Ledger, tmp_path: Path, suffix: str, *, only_in_force: bool
) -> None:
    path = tmp_path / f"目录{suffix}"
    with ledger:
        write(ledger, path, only_in_force=only_in_force)
    with ZipFile(path) as package:
        assert all(_SECRET.encode() not in package.read(name) for name in package.namelist())


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_a_cancelled_catalogue_leaves_what_was_there(
    ledger: Ledger, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / "出" / f"目录{suffix}"
    path.parent.mkdir()
    path.write_bytes(b"before")

    class Stopped(Exception):
        """The user does not want it."""

    def stop(done: int, total: int) -> None:
        assert 0 < done <= total
        raise Stopped

    with ledger, pytest.raises(Stopped):
        write(ledger, path, only_in_force=True, progress=stop)
    assert path.read_bytes() == b"before"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_the_progress_ends_where_the_work_does(ledger: Ledger, tmp_path: Path, suffix: str) -> None:
    told: list[tuple[int, int]] = []
    with ledger:
        path = tmp_path / f"目录{suffix}"
        write(ledger, path, only_in_force=True, progress=lambda *steps: told.append(steps))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > 0


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_office_programs_find_nothing_damaged(ledger: Ledger, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"目录{suffix}"
    with ledger:
        write(ledger, path, only_in_force=False)

    assert faults_of(path) == []


def test_another_ending_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    with ledger, pytest.raises(CannotWrite, match=r"以 \.xlsx 结尾"):
        catalogue_workbook.write_catalogue(ledger, tmp_path / "a.docx", only_in_force=True)


def test_a_ledger_without_rules_gives_an_empty_catalogue(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "空.sytz", Unit(code="u", name="办公室")) as empty:
        for suffix in (".xlsx", ".docx"):
            path = tmp_path / f"目录{suffix}"
            assert write(empty, path, only_in_force=True) == "共 0 件。"
            assert path.stat().st_size > 0


@pytest.mark.writer
@pytest.mark.pdf
def test_an_office_program_shows_all_of_it(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "目录.docx"
    with ledger:
        catalogue_document.write_catalogue(ledger, path, only_in_force=True, with_texts=True)
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [
            *("soffice", "--headless", f"-env:UserInstallation={profile}"),
            *("--convert-to", "pdf", "--outdir", str(tmp_path), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    told = subprocess.run(
        ["pdftotext", str(path.with_suffix(".pdf")), "-"], check=True, capture_output=True
    )
    pages = told.stdout.decode().split("\f")[:-1]
    whole = "".join("".join(pages).split())
    assert len(pages) == 2
    for text in ("制度汇编目录", "公务接待管理办法", "现行有效", "从严控制标准。"):
        assert text in whole
    for number, page in enumerate(pages, start=1):
        assert f"—{number}—" in "".join(page.split())


def write(
    ledger: Ledger, path: Path, *, only_in_force: bool, progress: Progress | None = None
) -> str:
    """Write whichever file the name asks for."""
    if path.suffix == ".xlsx":
        return str(
            catalogue_workbook.write_catalogue(
                ledger, path, only_in_force=only_in_force, progress=progress
            )
        )
    return str(
        catalogue_document.write_catalogue(
            ledger, path, only_in_force=only_in_force, with_texts=True, progress=progress
        )
    )
