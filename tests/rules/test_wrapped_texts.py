"""Chinese that the user sees goes through the catalogue; the rest is data, listed here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.rules.catalogue import wrapping_calls
from tests.rules.source_tree import ROOT, named, parsed, python_files

# Punctuation alone is no text: lists are joined with 、 as the records themselves are.
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_DATA = {
    "sanyou_desktop/ledger/pinyin.py": "readings of characters",
    "sanyou_desktop/model/quantity_words.py": "the words in which numbers are written",
    "sanyou_desktop/model/edtf.py": "the form of dates in documents",
    "sanyou_desktop/desktop/qt_words.py": "a translation itself, of texts that are Qt's",
    "sanyou_desktop/model/citations.py": "the form in which offices cite a rule",
    "sanyou_desktop/model/document_number.py": "the form that GB/T 9704 gives document numbers",
    "sanyou_desktop/desktop/printing/paper_fonts.py": "names of fonts",
    "sanyou_desktop/exchange/scheme_headers.py": "the words of tables that offices keep",
    "sanyou_desktop/exchange/scheme_marking.py": "how scoring sheets say what is taken off",
    "sanyou_desktop/exchange/own_form/layout.py": "the labels of forms that superiors send",
    "sanyou_desktop/exchange/own_form/labelled.py": "the labels of forms that superiors send",
    "sanyou_desktop/exchange/own_form/computed.py": "the headers and units of superiors' forms",
    "sanyou_desktop/exchange/own_form/figures.py": "what forms call the figures they ask for",
    "sanyou_desktop/exchange/tables/choice_words.py": "what offices call options",
    "sanyou_desktop/exchange/tables/open_cell_looks.py": "how spreadsheets show days",
    "sanyou_desktop/exchange/tables/said_above.py": "what stands over the tables of offices",
    "sanyou_desktop/exchange/tables/values.py": "what offices write into cells",
    "sanyou_desktop/exchange/tables/body.py": "what closes the tables of offices",
    "sanyou_desktop/exchange/tables/group_titles.py": "how offices number groups of rows",
    "sanyou_desktop/exchange/tables/header_words.py": "what our own workbooks call their identity",
    "sanyou_desktop/exchange/official_document.py": "names of fonts",
    "sanyou_desktop/exchange/paper_faces.py": "names of fonts, and the mark for a missing one",
    "sanyou_desktop/exchange/official_styles.py": "names of styles, as office programs list them",
    "sanyou_desktop/exchange/docx_chart.py": "names of a font and of a shape",
    "sanyou_desktop/exchange/summary_document.py": "the names of places in a template",
    "sanyou_desktop/exchange/template_example.py": "the names of places in a template",
    "sanyou_desktop/exchange/summary_template.py": "the names of places in a template",
    "sanyou_desktop/model/summary/blocks.py": "the form of dates in documents",
    "sanyou_desktop/model/numerals.py": "the numerals themselves",
    "sanyou_desktop/model/summary/punctuation.py": "which characters are Chinese",
    "sanyou_desktop/model/summary/title.py": "how the parts of a unit's name end",
    "sanyou_desktop/model/summary/voice.py": "the form of dates in documents",
    "sanyou_desktop/exchange/rule_text.py": "how the articles of rules begin",
}
_LITERALS = {
    ("sanyou_desktop/model/fields/choices.py", "是"): "what pasted cells say",
    ("sanyou_desktop/model/fields/choices.py", "否"): "what pasted cells say",
    ("sanyou_desktop/model/fields/numbers.py", "元"): "the unit as it is stored",
    ("sanyou_desktop/model/activity_totals.py", "元"): "the unit as it is stored",
    ("sanyou_desktop/desktop/pages/settings.py", "简体中文"): "a language in its own name",
    ("sanyou_desktop/exchange/report_looks.py", "宋体"): "the name of a font",
    (
        "sanyou_desktop/model/people.py",
        r"[和与及/&]|(?<=\w\w)\s+(?=\w\w)",
    ): "what stands between names",
    ("sanyou_desktop/exchange/sharing.py", ".上一版"): "a file that has one name in all languages",
    (
        "sanyou_desktop/ledger/opening.py",
        " 升级前备份",
    ): "a file that has one name in all languages",
    (
        "sanyou_desktop/ledger/backup_rotation.py",
        " 备份",
    ): "a folder that has one name in all languages",
    ("sanyou_desktop/model/holiday_file.py", "放假"): "what the file of a holiday table says",
    ("sanyou_desktop/model/holiday_file.py", "休"): "what the file of a holiday table says",
    ("sanyou_desktop/model/holiday_file.py", "上班"): "what the file of a holiday table says",
    ("sanyou_desktop/model/holiday_file.py", "班"): "what the file of a holiday table says",
    ("sanyou_desktop/model/holiday_file.py", "日期"): "what the file of a holiday table says",
    (
        "sanyou_desktop/model/holiday_file.py",
        r"/(?=\d{4}-)|至|~",
    ): "what stands between two dates",
    ("sanyou_desktop/desktop/editors/rows_view.py", "字"): "measures a character's width",
    ("sanyou_desktop/desktop/inspections/sheet_view.py", "字"): "measures a character's width",
    ("sanyou_desktop/desktop/lists/bulk_popup.py", "汉"): "measures a character's width",
    ("sanyou_desktop/desktop/lists/columns.py", "汉"): "measures a character's width",
    ("sanyou_desktop/desktop/lists/columns.py", "000 汉"): "measures a number and its counter",
    ("sanyou_desktop/desktop/lists/record_table.py", "汉"): "measures a character's width",
}


def _unwrapped(tree: ast.Module) -> Iterator[tuple[int, str]]:
    apart = {id(part) for call in wrapping_calls(tree) for part in ast.walk(call)}
    # Docstrings.
    apart |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and _CHINESE.search(node.value)
            and id(node) not in apart
        ):
            yield node.lineno, node.value


def _all_unwrapped() -> set[tuple[str, str]]:
    return {
        (named(path), text)
        for path in python_files("sanyou_desktop")
        if named(path) not in _DATA
        for _line, text in _unwrapped(parsed(path))
    }


def test_chinese_texts_are_wrapped() -> None:
    assert _all_unwrapped() - set(_LITERALS) == set(), "wrap it in _() or N_(), or say why not"


def test_every_exception_is_still_needed() -> None:
    assert set(_LITERALS) - _all_unwrapped() == set()
    with_chinese = {
        named(path) for path in python_files("sanyou_desktop") if any(_unwrapped(parsed(path)))
    }
    assert set(_DATA) - with_chinese == set()


def test_a_wrapped_text_is_one_literal() -> None:
    """A text put together inside ``_()`` is not in any catalogue."""
    glued = [
        f"{named(path)}:{call.lineno}"
        for path in python_files("sanyou_desktop")
        for call in wrapping_calls(parsed(path))
        if len(call.args) != 1 or isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]

    assert glued == []


def _in_the_language_of_the_file(tree: ast.Module, errors: set[str]) -> Iterator[int]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            calls = wrapping_calls(ast.Module([ast.Expr(call)], []))
            if call.func.id in errors and any(_name(one) == "_" for one in calls):
                yield call.lineno


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def test_an_error_with_a_file_speaks_to_the_user_not_in_the_language_of_the_file() -> None:
    """Files are written in Chinese; what keeps from writing them is told as the window speaks."""
    errors = {
        node.name
        for node in parsed(ROOT / "sanyou_desktop/exchange/errors.py").body
        if isinstance(node, ast.ClassDef)
    }
    assert len(errors) > 5
    found = [
        f"{named(path)}:{line}"
        for path in python_files("sanyou_desktop/exchange")
        for line in _in_the_language_of_the_file(parsed(path), errors)
    ]
    assert found == [], "write to_user() for _()"
    wrong = ast.parse('raise TooLarge(_("太大").format())')
    assert list(_in_the_language_of_the_file(wrong, errors)) == [1]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('"保存"', []),
        ('show("保存")', ["保存"]),
        ('show(_("保存"))', []),
        ('show(f"{count} 条")', [" 条"]),
        ('show("、")', []),
    ],
)
def test_chinese_is_found_where_it_is_shown(source: str, found: list[str]) -> None:
    assert [text for _line, text in _unwrapped(ast.parse(source))] == found
