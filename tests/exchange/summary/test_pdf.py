"""The .pdf: the facts of the article in order, the grid of the standard, no tofu in silence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sanyou_desktop.exchange import paper_faces
from sanyou_desktop.exchange.layout_check import check_layout
from sanyou_desktop.exchange.page_pictures import PagePictures
from sanyou_desktop.exchange.page_text import pages_of
from sanyou_desktop.exchange.paper_faces import GETA
from sanyou_desktop.exchange.summary_pdf import pdf_of, write_pdf
from sanyou_desktop.exchange.summary_report import write_report
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.summary import Annex, Note, Paragraph, Summary, Table
from sanyou_desktop.resources import resource_path
from tests.exchange.summary.reading import assert_in_order, page_texts, pdf_fonts, pdf_text

FACTS = (
    "福建省政府机关事务管理局",
    "国务院机关事务管理局：",
    "一、组织领导",
    "2003年8月，福建省政府机关事务管理局、福建省机关事务工作协会联合印发",
    "杜成山（省人大常委会副秘书长，领导小组组长）",
    "二、优质服务",
    "以耐心消烦心、以公心赢民心、以热心显爱心、以精心取放心",
    "派车283辆次",
    "三、优良作风和工作创新",
    "不让领导布置的工作在我手里延误",
    "满意在食堂、百日送温暖、巾帼文明示范窗、便民服务4项",
    "县区检察院30多个（不少于30个）",
    "四、规章制度",
    "成套制度公布共44项（4个单位报数，其中已录标题3项；2个单位未报数）",
    "五、优美环境和工作实绩",
    "合计不少于140万元（含1项约数）",
    "投入金额140多万元",
    "好人好事：一大批",
    "六、检查和整改",
    "查服务、查作风、查管理、查实绩、查勤廉",
    "查工作质量（落实工作制度）",
    "七、下一步安排",
    "附件：1.主要指标统计表",
    "附件1",
)


@pytest.mark.pdf
def test_the_facts_of_the_article_stand_in_order(sample_summary: Summary, tmp_path: Path) -> None:
    path = tmp_path / "总结.pdf"
    write_pdf(sample_summary, path)

    assert_in_order(FACTS, pdf_text(path))


@pytest.mark.pdf
def test_nothing_is_cut_and_nothing_is_read_as_markup(hard: Summary, tmp_path: Path) -> None:
    path = tmp_path / "难.pdf"
    faces = write_pdf(hard, path).faces

    text = pdf_text(path)
    assert text.count("长") == 100_000
    assert "=1+1不是公式，+-@也不是。" in text
    assert "#[eval]$x$*粗*\\{{正文}}" in text
    assert all(f"=HYPERLINK(第{at}行)" in text for at in range(120))
    # A machine without a font for the rare ones has their mark there.
    assert faces.drawable("末段𠮷㐂。") in text
    assert text.count("序号内容备注") > 1


def test_a_remark_never_stands_on_a_page_without_the_last_row_of_its_table(
    hard: Summary, tmp_path: Path
) -> None:
    path = tmp_path / "表.pdf"
    pages = set()
    for count in range(27, 35):
        rows = tuple((str(at), "末" if at == count - 1 else "甲") for at in range(count))
        body = (Table(("序号", "内容"), rows, (1, 6)), Note("注"))
        write_pdf(replace(hard, title=("题",), addressee="", body=body, annexes=()), path)
        places = {
            glyph.char: page.number
            for page in pages_of(path)
            for glyph in page.glyphs
            if glyph.char in "末注"
        }
        assert places["末"] == places["注"]
        pages.add(places["注"])

    assert pages == {1, 2}, "one of them would have stood alone"


def test_what_is_stopped_while_it_is_measured_is_not_written(
    hard: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_pdf: bytes) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sanyou_desktop.exchange.summary_pdf.check_layout", stopped)
    path = tmp_path / "总结.pdf"
    path.write_bytes(b"old")

    with pytest.raises(KeyboardInterrupt):
        write_pdf(hard, path)
    assert [one.name for one in tmp_path.iterdir()] == ["总结.pdf"]
    assert path.read_bytes() == b"old"


@pytest.mark.pdf
def test_fonts_are_embedded(hard: Summary, tmp_path: Path) -> None:
    path = tmp_path / "难.pdf"
    write_pdf(hard, path)

    fonts = pdf_fonts(path)
    assert fonts
    assert all(embedded for _name, embedded in fonts)


@pytest.mark.parametrize("which", ["sample_summary", "hard"])
def test_it_has_the_layout_of_the_standard(
    which: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    path = tmp_path / "总结.pdf"
    write_pdf(request.getfixturevalue(which), path)

    found = check_layout(path)

    assert found.holds, str(found)
    assert "22 行（行距 28.95 磅）" in str(found)
    assert "28 字" in str(found)


def test_a_full_page_has_22_lines_of_28_characters(hard: Summary, tmp_path: Path) -> None:
    path = tmp_path / "难.pdf"
    write_pdf(hard, path)

    page = list(pages_of(path))[5]
    body = [glyph for glyph in page.glyphs if glyph.char == "长"]
    lines = sorted({round(glyph.baseline, 1) for glyph in body})
    assert len(lines) == 22
    assert len(body) == 22 * 28


def test_what_has_no_place_to_break_stays_on_the_paper(hard: Summary, tmp_path: Path) -> None:
    address = "https://example.gov.cn/" + "a1b2c3d4" * 100
    table = Table(("编号",), ((f"{'9' * 300}",),), (1,))
    path = tmp_path / "长.pdf"
    summary = Summary(
        hard.title,
        "",
        (Paragraph(f"网址：{address}。"),),
        (Annex("表", (table,)),),
        hard.signer,
        hard.signed_on,
    )
    write_pdf(summary, path)

    assert check_layout(path).holds, str(check_layout(path))
    text = "".join(glyph.char for page in pages_of(path) for glyph in page.glyphs)
    assert address in text
    assert "9" * 300 in text


def test_the_same_document_is_the_same_file(sample_summary: Summary, tmp_path: Path) -> None:
    one, other = tmp_path / "一.pdf", tmp_path / "二.pdf"
    write_pdf(sample_summary, one)
    write_pdf(sample_summary, other)

    assert one.read_bytes() == other.read_bytes()


def test_characters_that_no_font_has_are_marked_and_named(hard: Summary, tmp_path: Path) -> None:
    # A noncharacter's neighbour in a private plane: no font that anybody ships has it.
    strange = "\U0010fffd"
    body = (Paragraph(f"甲{strange}乙"),)
    path = tmp_path / "缺.pdf"
    summary = Summary(hard.title, "", body, (), hard.signer, hard.signed_on)

    faces = write_pdf(summary, path).faces

    assert faces.missing == (strange,)
    assert any("U+10FFFD" in remark for remark in faces.remarks())
    text = "".join(glyph.char for page in pages_of(path) for glyph in page.glyphs)
    assert f"甲{GETA}乙" in text


def test_faces_that_are_not_installed_are_named_with_what_stands_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As on a bare machine: nothing but what comes with the program.
    own = resource_path("fonts")
    import typst

    bare = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[own])
    known = (paper_faces.installed_faces, paper_faces._by_family, paper_faces._covered)
    for cached in known:
        cached.cache_clear()
    monkeypatch.setattr(paper_faces, "fonts", lambda: bare)
    try:
        faces = paper_faces.faces_for(["台账𠮷"])
    finally:
        for cached in known:
            cached.cache_clear()

    said = "".join(faces.remarks())
    assert "仿宋_GB2312（以 Noto Sans CJK SC 代替）" in said
    assert "方正小标宋简体（以 Noto Sans CJK SC 代替）" in said
    assert faces.missing in ((), ("𠮷",))


def test_the_pages_can_be_looked_at(sample_summary: Summary) -> None:
    content, _faces = pdf_of(sample_summary)

    pictures = PagePictures(content)
    first = pictures.draw(0, 400)
    pictures.close()

    assert len(pictures.sizes) > 5
    assert (first.width, first.height) == (400, 566)
    # Paper is white, and something stands on it.
    assert first.pixels[:3] == b"\xff\xff\xff"
    assert min(first.pixels[0::4]) < 60


def test_a_report_tells_how_it_measures(sample: Ledger, tmp_path: Path) -> None:
    written = write_report(sample, tmp_path / "总结.pdf")

    assert written.records == 53
    assert str(written).startswith("写入 53 件记录。")
    assert "符合 GB/T 9704：" in str(written)


def ending_after(summary: Summary, lines: int) -> Summary:
    """Return a document whose body fills so many lines above what closes it."""
    full = Paragraph(
        "某项工作已经完成，情况良好，有关资料已经归档，后续事项由办公室负责跟进落实到位。"
    )
    annexes = (Annex("甲表", ()), Annex("乙表", ()), Annex("丙图", ()))
    body = (full,) * lines
    return replace(summary, title=("总结",), addressee="", body=body, annexes=annexes)


@pytest.mark.pdf
@pytest.mark.parametrize("lines", range(7, 11))
def test_no_page_holds_nothing_but_what_closes_the_document(
    sample_summary: Summary, tmp_path: Path, lines: int
) -> None:
    path = tmp_path / "总结.pdf"
    write_pdf(ending_after(sample_summary, lines), path)

    pages = [text for text in page_texts(path) if "附件：" in text]
    assert len(pages) == 1
    assert "跟进落实到位" in pages[0]


@pytest.mark.pdf
def test_whom_to_ask_stands_in_brackets_below_the_date(
    sample_summary: Summary, tmp_path: Path
) -> None:
    path = tmp_path / "总结.pdf"
    write_pdf(replace(sample_summary, contact="（联系人：林美华）"), path)

    assert f"{sample_summary.date_words}（联系人：林美华）" in pdf_text(path)
