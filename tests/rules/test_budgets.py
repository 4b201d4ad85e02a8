"""What CONTRIBUTING asks of every file, so that nobody has to ask it in a review."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

from tests.rules.source_tree import named, parsed, python_files, text_files

_MOST_LINES = 400
_MOST_LINES_OF_A_FUNCTION = 60
_CODE = ("sanyou_desktop", "tests")
_SILENCED = re.compile(r"#\s*(?:type:\s*ignore|noqa)")
_WITH_REASON = re.compile(
    r"#\s*(?:type:\s*ignore\[[\w-]+(?:, ?[\w-]+)*\]|noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)*)"
    r"\s*(?:#|-)\s*\S+"
)
# Written in parts, so that this file does not find itself.
_MACHINE_PATH = re.compile("(?<![\\w/.$}])/(?:" + "home|Users|root|work|tmp" + r")/\w")
_REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "artifact" + "ory")


def test_files_are_short() -> None:
    lengths = {named(path): _lines(path) for path in python_files("sanyou_desktop")}

    assert {name: count for name, count in lengths.items() if count > _MOST_LINES} == {}


def test_functions_are_short() -> None:
    long = {
        f"{named(path)}:{node.name}": length
        for path in python_files("sanyou_desktop")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1)
        > _MOST_LINES_OF_A_FUNCTION
    }

    assert long == {}


def test_imports_are_absolute() -> None:
    relative = [
        f"{named(path)}:{node.lineno}"
        for path in python_files(*_CODE)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert relative == []


def test_exceptions_are_named() -> None:
    bare = [
        f"{named(path)}:{node.lineno}"
        for path in python_files(*_CODE)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]

    assert bare == []


def test_every_silenced_check_says_which_and_why() -> None:
    unexplained = [
        f"{named(path)}:{line}: {comment}"
        for path in python_files(*_CODE)
        for line, comment in _comments(path)
        if _SILENCED.match(comment) and not _WITH_REASON.match(comment)
    ]

    assert unexplained == []


def test_tests_wait_for_what_they_need_instead_of_sleeping() -> None:
    sleeping = [
        f"{named(path)}:{node.lineno}"
        for path in python_files("tests")
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.Attribute) and node.attr == "sleep")
        or (
            isinstance(node, ast.ImportFrom)
            and node.module == "time"
            and any(alias.name == "sleep" for alias in node.names)
        )
    ]

    assert sleeping == []


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    found = [
        f"{named(path)}:{number}: {line.strip()[:80]}"
        for path in text_files()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if _MACHINE_PATH.search(line) or any(name in line for name in _REGISTRIES)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("comment", "is_explained"),
    [
        ("# noqa: ANN401 - Qt's variant", True),
        ("# type: ignore[override] # Qt's signature", True),
        ("# noqa", False),
        ("# noqa: ANN401", False),
        ("# type: ignore", False),
        ("# type: ignore[override]", False),
    ],
)
def test_a_reason_is_told_from_none(comment: str, is_explained: bool) -> None:
    assert bool(_WITH_REASON.match(comment)) is is_explained


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def _comments(path: Path) -> list[tuple[int, str]]:
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
    return [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]
