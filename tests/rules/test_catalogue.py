"""Whoever sets the program to English reads English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sanyou_desktop.desktop.actions.register import ACTIONS
from sanyou_desktop.desktop.pages.entries import ENTRIES
from sanyou_desktop.model.fields import Choice, Choices, Field, Rows
from sanyou_desktop.model.kinds import KINDS
from sanyou_desktop.wording import SOURCE_LANGUAGE, _, in_source_language, use_language
from tests.rules import catalogue
from tests.rules.catalogue import Kept, build, declared_texts, kept_translations, shortcomings

_CHINESE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\U00020000-\U0003ffff]")
# A reader of either language must find the switch.
_OF_BOTH_LANGUAGES = {"语言 Language"}


@pytest.fixture
def english() -> Iterator[None]:
    use_language("en")
    yield
    use_language(SOURCE_LANGUAGE)


def test_every_text_is_translated_with_the_same_placeholders() -> None:
    assert list(shortcomings(declared_texts(), kept_translations())) == []


def test_the_compiled_catalogue_is_that_of_the_texts() -> None:
    po, mo = build(declared_texts(), kept_translations())

    assert catalogue.PO.read_bytes() == po, "run python -m tests.rules.catalogue"
    assert catalogue.MO.read_bytes() == mo, "run python -m tests.rules.catalogue"


def test_english_texts_hold_no_chinese() -> None:
    left = {
        text: known.english
        for text, known in kept_translations().items()
        if _CHINESE.search(known.english) and text not in _OF_BOTH_LANGUAGES
    }

    assert left == {}


def test_the_same_texts_always_make_the_same_files() -> None:
    texts = {"保存": ["a.py"], "打开 {name}": ["a.py", "b.py"]}
    kept = {"保存": Kept("Save", fuzzy=False)}

    assert build(texts, kept) == build(texts, kept)


def test_a_translation_outlives_an_update_and_a_text_that_is_gone_does_not(tmp_path: Path) -> None:
    kept = {"保存": Kept("Save", fuzzy=False), "旧文": Kept("Old", fuzzy=False)}
    po, _mo = build({"保存": ["a.py"], "新文": ["a.py"]}, kept)
    path = tmp_path / "sanyou.po"
    path.write_bytes(po)

    assert kept_translations(path) == {
        "保存": Kept("Save", fuzzy=False),
        "新文": Kept("", fuzzy=False),
    }


def test_what_is_missing_is_named() -> None:
    texts = {"保存": ["a.py"], "打开 {name}": ["a.py"], "删除": ["a.py"]}
    kept = {
        "打开 {name}": Kept("Open {file}", fuzzy=False),
        "删除": Kept("Remove?", fuzzy=True),
        "旧文": Kept("Old", fuzzy=False),
    }

    assert list(shortcomings(texts, kept)) == [
        "untranslated: '保存'",
        "other placeholders: '打开 {name}' -> 'Open {file}'",
        "fuzzy: '删除'",
        "obsolete: '旧文'",
    ]


@pytest.mark.usefixtures("english")
def test_no_declared_text_stays_chinese_in_english() -> None:
    shown = {text: _(text) for text in _declared()}

    assert {text for text, english in shown.items() if _CHINESE.search(english)} == set()


@pytest.mark.usefixtures("english")
def test_files_for_others_stay_chinese_in_english() -> None:
    with in_source_language():
        assert _("承诺") == "承诺"
    assert _("承诺") == "Pledge"


def _declared() -> Iterator[str]:
    for kind in KINDS.values():
        yield kind.title
        for field in kind.fields.values():
            yield from _of_field(field)
    yield from (entry.text for entry in ENTRIES)
    for action in ACTIONS:
        yield from (action.text, action.menu)


def _of_field(field: Field[object]) -> Iterator[str]:
    yield from (field.title, field.description, *field.examples, *field.aliases)
    if isinstance(field, Choice | Choices):
        yield from (option.title for option in field.enum)
    if isinstance(field, Rows):
        for column in field.columns.values():
            yield from _of_field(column)
