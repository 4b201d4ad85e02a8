"""The .docx: real styles, native charts, the same text, the same grid by LibreOffice."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from sanyou_desktop.exchange.layout_check import check_layout
from sanyou_desktop.exchange.summary_document import write_docx
from sanyou_desktop.model.summary import Note, Summary, Table
from sanyou_desktop.wording import use_language
from tests.exchange.office_rules import faults_of
from tests.exchange.summary.reading import assert_in_order, by_libreoffice, page_texts, pdf_text
from tests.exchange.summary.test_pdf import FACTS, ending_after


@pytest.fixture
def written(sample_summary: Summary, tmp_path: Path) -> Path:
    path = tmp_path / "总结.docx"
    write_docx(sample_summary, path)
    return path


def test_headings_are_headings_and_looks_come_from_styles(written: Path) -> None:
    document = docx.Document(str(written))
    by_style: dict[str, list[str]] = {}
    for paragraph in document.paragraphs:
        assert paragraph.style is not None
        by_style.setdefault(str(paragraph.style.name), []).append(paragraph.text)

    assert by_style["Heading 1"][:2] == ["一、组织领导", "二、优质服务"]
    assert by_style["Heading 2"][0] == "（一）部署文件"
    assert by_style["公文标题"][:2] == ["福建省政府机关事务管理局", "三优一满意活动工作总结"]
    body = [one for one in document.paragraphs if one.style and one.style.name == "公文正文"]
    assert len(body) > 40
    assert not any(run.font.size or run.font.name for one in body for run in one.runs)


def test_chinese_faces_and_sizes_are_those_of_the_standard(written: Path) -> None:
    styles = docx.Document(str(written)).styles

    def face(name: str) -> tuple[str, float]:
        looks = styles[name].element.rPr
        size = styles[name].font.size
        return looks.rFonts.get(qn("w:eastAsia")), size.pt

    assert face("公文正文") == ("仿宋_GB2312", 16)
    assert face("Heading 1") == ("黑体", 16)
    assert face("Heading 2") == ("楷体_GB2312", 16)
    assert face("公文标题") == ("方正小标宋简体", 22)


def test_it_is_chinese_whatever_the_window_speaks(hard: Summary, tmp_path: Path) -> None:
    path = tmp_path / "总结.docx"
    use_language("en")
    try:
        write_docx(hard, path)
    finally:
        use_language("zh_CN")

    text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert "附件：1.清单" in text
    assert "泉州市机关事务管理局：" in text
    assert "Annex" not in text


def test_the_file_speaks_of_itself(hard: Summary, tmp_path: Path) -> None:
    path = tmp_path / "总结.docx"
    write_docx(hard, path)

    properties = docx.Document(str(path)).core_properties
    assert properties.title == "晋江市政府办公室2026年三优一满意活动工作总结"
    assert properties.author == "晋江市政府办公室"
    assert properties.created is not None
    assert properties.created.date() == hard.signed_on
    assert properties.comments == ""


def test_faces_have_a_stand_in_that_windows_has(written: Path) -> None:
    with zipfile.ZipFile(written) as package:
        table = package.read("word/fontTable.xml").decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in table
    assert '<w:font w:name="楷体_GB2312"><w:altName w:val="楷体"/>' in table


def test_charts_are_charts_with_their_numbers_beside_them(hard: Summary, tmp_path: Path) -> None:
    path = tmp_path / "图.docx"
    write_docx(hard, path)

    with zipfile.ZipFile(path) as package:
        chart = package.read("word/charts/chart1.xml").decode()
        book = openpyxl.load_workbook(io.BytesIO(package.read("word/embeddings/chart1.xlsx")))
        types = package.read("[Content_Types].xml").decode()
    assert "问题&lt;发现&gt;&amp;销号（单位：件）" in chart
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert rows == [[None, "发现", "销号"], ["1月", 3, 0], ["2月", None, 40]]
    assert "drawingml.chart+xml" in types


def test_a_remark_stays_with_the_last_rows_of_its_table(hard: Summary, tmp_path: Path) -> None:
    rows = tuple((str(at), "甲") for at in range(30))
    body = (Table(("序号", "内容"), rows, (1, 6)), Note("注：按台账记录统计。"))
    path = tmp_path / "总结.docx"

    write_docx(replace(hard, body=body, annexes=()), path)

    (table,) = docx.Document(str(path)).tables
    kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows]
    assert kept == [False] * 29 + [True, True]


@pytest.mark.parametrize("which", ["sample_summary", "hard"])
def test_word_finds_nothing_damaged(
    which: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    path = tmp_path / "总结.docx"
    write_docx(request.getfixturevalue(which), path)

    assert faults_of(path) == []
    zoom = docx.Document(str(path)).settings.element.find(qn("w:zoom"))
    assert zoom is None or zoom.get(qn("w:percent")) == "100"


def test_what_word_calls_damaged_is_found(written: Path, tmp_path: Path) -> None:
    path = tmp_path / "错.docx"
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(path, "w") as package:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                part = re.sub(rb"(<w:pStyle [^>]*/>)(<w:pageBreakBefore/>)", rb"\2\1", part)
            if name == "word/charts/chart1.xml":
                part = part.replace(b'<c:externalData r:id="', b'<c:externalData r:id="x')
            package.writestr(name, part)

    found = faults_of(path)

    assert any("pPr holds ['pageBreakBefore', 'pStyle'" in fault for fault in found)
    assert any("uses the relation 'xrId" in fault for fault in found)
    assert len(found) == 4, found


def test_nothing_is_cut(hard: Summary, tmp_path: Path) -> None:
    path = tmp_path / "难.docx"
    write_docx(hard, path)

    document = docx.Document(str(path))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert text.count("长") == 100_000
    assert "末段𠮷㐂。" in text
    assert document.tables[0].rows[8].cells[2].text == "😀𠮷㐂"
    assert document.tables[0].rows[120].cells[1].text == "=HYPERLINK(第119行)"


def test_what_xml_cannot_hold_is_left_out(hard: Summary, tmp_path: Path) -> None:
    path = tmp_path / "控制.docx"
    from sanyou_desktop.model.summary import Paragraph

    body = (Paragraph("甲\x00\x0b\ufffe乙"),)
    write_docx(Summary(hard.title, "", body, (), hard.signer, hard.signed_on), path)

    assert "甲乙" in [one.text for one in docx.Document(str(path)).paragraphs]


@pytest.mark.writer
@pytest.mark.pdf
def test_libreoffice_sets_it_on_the_same_grid(written: Path) -> None:
    made = by_libreoffice(written)

    found = check_layout(made)
    assert found.holds, str(found)
    assert_in_order(FACTS, pdf_text(made))


@pytest.mark.writer
def test_libreoffice_shows_every_page_of_a_long_one(hard: Summary, tmp_path: Path) -> None:
    path = tmp_path / "难.docx"
    write_docx(hard, path)

    found = check_layout(by_libreoffice(path))

    assert found.pages > 160
    assert found.holds, str(found)


@pytest.mark.writer
@pytest.mark.parametrize("lines", [8, 9])
def test_no_page_holds_nothing_but_what_closes_the_document(
    sample_summary: Summary, tmp_path: Path, lines: int
) -> None:
    path = tmp_path / "总结.docx"
    summary = replace(ending_after(sample_summary, lines), contact="（联系人：林美华）")
    write_docx(summary, path)

    pages = [text for text in page_texts(by_libreoffice(path)) if "附件：" in text]
    assert len(pages) == 1
    assert "跟进落实到位" in pages[0]
    assert "（联系人：林美华）" in pages[0]
