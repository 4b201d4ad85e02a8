"""A unit's own template keeps its layout and is filled; a bad one is refused with the reason."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from sanyou_desktop.exchange.errors import ExchangeError
from sanyou_desktop.exchange.official_document import CHARACTER_POINTS
from sanyou_desktop.exchange.signature import signature_indents
from sanyou_desktop.exchange.summary_document import write_docx
from sanyou_desktop.exchange.summary_report import write_report
from sanyou_desktop.exchange.template_example import write_example
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.summary import Summary, Table
from tests.exchange.office_rules import faults_of

ALL = (
    "{{标题}}",
    "{{主送机关}}：",
    "{{正文}}",
    "{{附件说明}}",
    "{{署名}}",
    "{{成文日期}}",
    "{{附件}}",
)

STRICT = (
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
    (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    ),
)


def template(path: Path, *lines: str) -> Path:
    document = docx.Document()
    document.sections[0].left_margin = Mm(20)
    document.sections[0].header.paragraphs[0].text = "{{署名}}文件"
    document.styles.add_style("公文正文", 1).font.size = Pt(15)
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def lines_of(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def test_its_places_are_filled_and_its_layout_kept(hard: Summary, tmp_path: Path) -> None:
    mould = template(tmp_path / "模板.docx", "红头", *ALL, "抄送：各科室")
    before = mould.read_bytes()
    path = tmp_path / "总结.docx"

    remarks = write_docx(hard, path, template=mould)

    document = docx.Document(str(path))
    lines = lines_of(path)
    assert lines[:3] == ["红头", "\n".join(hard.title), "泉州市机关事务管理局："]
    assert lines[4] == "一、组织领导"
    assert lines[-1] == "抄送：各科室"
    assert lines.index("附件：1.清单") < lines.index("晋江市政府办公室") < lines.index("附件1")
    assert document.sections[0].header.paragraphs[0].text == "晋江市政府办公室文件"
    assert round(document.sections[0].left_margin.mm) == 20  # type: ignore[union-attr] # was set
    assert document.styles["公文正文"].font.size == Pt(15)
    assert not any("{{" in line and "eval" not in line for line in lines)
    assert remarks == []
    assert mould.read_bytes() == before


def test_without_an_addressee_no_colon_is_left(hard: Summary, tmp_path: Path) -> None:
    mould = template(tmp_path / "模板.docx", *ALL)
    path = tmp_path / "总结.docx"

    write_docx(replace(hard, addressee=""), path, template=mould)

    assert not any(line.strip() == "：" for line in lines_of(path))


def test_the_title_is_one_line_within_a_sentence(hard: Summary, tmp_path: Path) -> None:
    mould = template(tmp_path / "模板.docx", "现将《{{标题}}》报上。", "{{正文}}")
    path = tmp_path / "总结.docx"

    write_docx(hard, path, template=mould)

    assert f"现将《{hard.plain_title}》报上。" in lines_of(path)


def test_annexes_begin_the_page_that_their_place_began(hard: Summary, tmp_path: Path) -> None:
    mould = tmp_path / "样例.docx"
    write_example(mould)
    path = tmp_path / "总结.docx"

    write_docx(hard, path, template=mould)

    paragraphs = docx.Document(str(path)).paragraphs
    first = next(paragraph for paragraph in paragraphs if paragraph.text == "附件1")
    assert first.paragraph_format.page_break_before


def test_signer_and_date_are_set_in_where_the_template_says_nothing(
    hard: Summary, tmp_path: Path
) -> None:
    mould = tmp_path / "样例.docx"
    write_example(mould)
    path = tmp_path / "总结.docx"
    write_docx(replace(hard, contact="（联系人：林美华）"), path, template=mould)

    paragraphs = docx.Document(str(path)).paragraphs
    signer, day, contact = (
        next(one for one in paragraphs if one.text == text)
        for text in (hard.signer, hard.date_words, "（联系人：林美华）")
    )
    wide = signature_indents(hard.signer, hard.date_words)
    for line, end in zip((signer, day), wide, strict=True):
        indent = line.paragraph_format.right_indent
        assert indent is not None
        assert abs(indent.pt - end * CHARACTER_POINTS) < 0.1
    assert contact.style is not None
    assert contact.style.name == "公文正文"

    document = docx.Document(str(mould))
    place = next(one for one in document.paragraphs if one.text == "{{署名}}")
    place.paragraph_format.right_indent = Pt(64)
    document.save(str(mould))
    write_docx(hard, path, template=mould)
    again = next(p for p in docx.Document(str(path)).paragraphs if p.text == hard.signer)
    assert again.paragraph_format.right_indent == Pt(64)


def test_a_place_torn_into_runs_is_filled(hard: Summary, tmp_path: Path) -> None:
    path = template(tmp_path / "模板.docx", "{{正文}}")
    document = docx.Document(str(path))
    paragraph = document.add_paragraph("签发：")
    for part in ("{", "{署", "名}", "} 印"):
        paragraph.add_run(part)
    document.save(str(path))

    write_docx(hard, tmp_path / "总结.docx", template=path)

    assert "签发：晋江市政府办公室 印" in lines_of(tmp_path / "总结.docx")


def test_missing_places_are_told_and_annexes_go_to_the_end(hard: Summary, tmp_path: Path) -> None:
    mould = template(tmp_path / "模板.docx", "{{正文}}", "落款")
    path = tmp_path / "总结.docx"

    (remark,) = write_docx(hard, path, template=mould)

    assert "{{标题}}" in remark
    assert "{{成文日期}}" in remark
    lines = lines_of(path)
    assert lines.index("落款") < lines.index("附件1")
    assert len(docx.Document(str(path)).tables) == 1


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("没有位置",), "没有 {{正文}}"),
        (("{{正文}}", "{{正文}}"), "不止一次"),
        (("{{正文}}", "{{负责人}}"), "认不出的位置 {{负责人}}"),
        (("前言 {{正文}}",), "应单独成段"),
    ],
)
def test_a_template_that_cannot_be_filled_is_refused(
    lines: tuple[str, ...], reason: str, hard: Summary, tmp_path: Path
) -> None:
    mould = template(tmp_path / "模板.docx", *lines)
    path = tmp_path / "总结.docx"
    path.write_bytes(b"old")

    with pytest.raises(ExchangeError) as refusal:
        write_docx(hard, path, template=mould)

    assert reason in str(refusal.value)
    assert path.read_bytes() == b"old"


def test_the_body_in_a_table_is_refused(hard: Summary, tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    document = docx.Document()
    document.add_table(1, 1).rows[0].cells[0].text = "{{正文}}"
    document.save(str(path))

    with pytest.raises(ExchangeError, match="放在页面正文里"):
        write_docx(hard, tmp_path / "总结.docx", template=path)


@pytest.mark.parametrize("around", ["block control", "inline control", "insertion", "link"])
def test_a_place_is_found_in_what_word_puts_around_it(
    around: str, hard: Summary, tmp_path: Path
) -> None:
    mould = template(tmp_path / "模板.docx", *ALL)
    document = docx.Document(str(mould))
    for paragraph in document.paragraphs:
        wrap(paragraph, around)
    document.save(str(mould))
    path = tmp_path / "总结.docx"

    assert write_docx(hard, path, template=mould) == []

    plain = tmp_path / "无.docx"
    write_docx(hard, plain, template=template(tmp_path / "另.docx", *ALL))
    assert lines_of(path) == lines_of(plain)
    assert faults_of(path) == []


def wrap(paragraph: Paragraph, around: str) -> None:
    """Put what Word puts around the text of a paragraph."""
    tag = {"insertion": "w:ins", "link": "w:hyperlink"}.get(around, "w:sdt")
    outer = OxmlElement(tag)
    inner = outer
    if tag == "w:ins":
        outer.set(qn("w:id"), "9")
        outer.set(qn("w:author"), "张三")
    elif tag == "w:sdt":
        outer.append(OxmlElement("w:sdtPr"))
        inner = OxmlElement("w:sdtContent")
        outer.append(inner)
    if around == "block control":
        paragraph._p.addprevious(outer)
        inner.append(paragraph._p)
        return
    for run in paragraph.runs:
        inner.append(run._r)
    paragraph._p.append(outer)


def test_places_are_read_as_people_type_them(hard: Summary, tmp_path: Path) -> None:
    mould = template(tmp_path / "模板.docx", "｛｛标题｝｝", "{{ 正 文 }}", "｛{署名｝}")
    path = tmp_path / "总结.docx"

    write_docx(hard, path, template=mould)

    assert lines_of(path)[0] == "\n".join(hard.title)
    assert "末段𠮷㐂。" in lines_of(path)
    assert hard.signer in lines_of(path)


def test_styles_that_a_template_lacks_are_made(hard: Summary, tmp_path: Path) -> None:
    mould = template(tmp_path / "模板.docx", *ALL)
    document = docx.Document(str(mould))
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) != "Normal":
            styles.remove(style)
    document.save(str(mould))
    path = tmp_path / "总结.docx"

    write_docx(hard, path, template=mould)

    made = docx.Document(str(path))
    levels = [made.styles[f"Heading {level}"].element.pPr for level in (1, 2)]
    assert [one.find(qn("w:outlineLvl")).get(qn("w:val")) for one in levels] == ["0", "1"]
    assert made.styles["Table Grid"].element.find(f".//{qn('w:insideH')}") is not None
    assert faults_of(path) == []


def test_tables_and_charts_are_no_wider_than_the_text_where_they_stand(
    hard: Summary, tmp_path: Path
) -> None:
    mould = tmp_path / "模板.docx"
    document = docx.Document()
    document.sections[0].left_margin = document.sections[0].right_margin = Mm(60)
    document.add_paragraph("{{正文}}")
    document.add_section().orientation = WD_ORIENT.LANDSCAPE
    document.sections[1].page_width, document.sections[1].page_height = Mm(297), Mm(210)
    document.add_paragraph("{{附件}}")
    document.save(str(mould))
    short = Table(("甲", "乙"), (("一", "二"),), (1, 1))
    path = tmp_path / "总结.docx"

    write_docx(replace(hard, body=(*hard.body, short)), path, template=mould)

    made = docx.Document(str(path))
    widths = [sum(cell.width.mm for cell in table.rows[0].cells) for table in made.tables]
    page = made.sections[0].page_width.mm  # type: ignore[union-attr] # was set
    assert widths == pytest.approx([page - 120 - 1, 297 - 120 - 1], abs=0.5)


def test_a_strict_document_is_refused_with_what_to_do(hard: Summary, tmp_path: Path) -> None:
    usual = template(tmp_path / "好.docx", "{{正文}}")
    path = tmp_path / "模板.docx"
    with zipfile.ZipFile(usual) as source, zipfile.ZipFile(path, "w") as package:
        for name in source.namelist():
            part = source.read(name)
            for old, new in STRICT:
                part = part.replace(old, new)
            package.writestr(name, part)

    with pytest.raises(ExchangeError, match="Strict Open XML"):
        write_docx(hard, tmp_path / "总结.docx", template=path)


@pytest.mark.parametrize("kind", ["text", "cut", "entity", "bomb", "workbook", "old", "none"])
def test_a_file_that_is_no_template_is_refused(kind: str, hard: Summary, tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    good = template(tmp_path / "好.docx", "{{正文}}").read_bytes()
    if kind == "text":
        path.write_text("{{正文}}")
    elif kind == "cut":
        path.write_bytes(good[: len(good) // 2])
    elif kind == "entity":
        with zipfile.ZipFile(tmp_path / "好.docx") as source:
            parts = {name: source.read(name) for name in source.namelist()}
        parts["word/document.xml"] = (
            b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + parts["word/document.xml"]
        )
        with zipfile.ZipFile(path, "w") as package:
            for name, content in parts.items():
                package.writestr(name, content)
    elif kind == "bomb":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("[Content_Types].xml", b" " * 60_000_000)
    elif kind == "workbook":
        import openpyxl

        openpyxl.Workbook().save(path)
    elif kind == "old":
        path = tmp_path / "模板.doc"
        path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1"))

    with pytest.raises(ExchangeError):
        write_docx(hard, tmp_path / "总结.docx", template=path)

    assert not (tmp_path / "总结.docx").exists()


def test_the_template_is_never_written_over(sample: Ledger, tmp_path: Path) -> None:
    mould = template(tmp_path / "模板.docx", "{{正文}}")
    before = mould.read_bytes()

    with pytest.raises(ExchangeError, match="就是模板本身"):
        write_report(sample, mould, template=mould)

    assert mould.read_bytes() == before
