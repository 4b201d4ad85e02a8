"""A known condition is told in its own words; a mistake of ours in a report without content."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import platformdirs
import pytest

from sanyou_desktop.desktop import errors
from sanyou_desktop.desktop.errors import UnexpectedErrors, explain, is_known, write_report
from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.ledger.errors import DiskFull, LedgerBug
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.problems import Invalid

SECRET = "某某同志的举报内容"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "log"
    folder.mkdir()
    monkeypatch.setattr(platformdirs, "user_log_path", lambda *_given, **_named: folder)
    return folder


def raised(error: Exception) -> Exception:
    """Return the error as it arrives: raised, caught, raised by another one."""

    def fail(_typed: str) -> None:
        raise error

    def save(typed: str) -> None:
        try:
            fail(typed)
        except Exception as first:
            raise LedgerBug(f"while saving {typed}") from first

    with pytest.raises(LedgerBug) as caught:
        save(SECRET)
    return caught.value


def test_a_known_condition_speaks_for_itself_and_leaves_no_report(folder: Path) -> None:
    with pytest.raises(Invalid) as invalid:
        Draft.from_json("pledge", {"title": ""}, "350300").accepted()
    for error in (DiskFull("磁盘已满。"), CannotWrite("写不进去。"), invalid.value):
        assert is_known(error)
        assert explain(error) == str(error)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "error",
    [
        ValueError(f"invalid literal: '{SECRET}'"),
        KeyError(SECRET),
        UnicodeEncodeError("gbk", SECRET, 0, 1, "illegal"),
        sqlite3.IntegrityError(f"UNIQUE constraint failed: {SECRET}"),
        OSError(28, "No space left on device", f"/盘/{SECRET}.sytz"),
    ],
)
def test_a_report_names_the_place_but_nothing_that_was_typed(
    folder: Path, error: Exception
) -> None:
    told = explain(raised(error))
    report = next(folder.iterdir())
    assert str(report) in told
    assert told.startswith("程序出错了，已保存的内容不受影响。")
    text = report.read_text(encoding="utf-8")
    assert SECRET not in text
    assert type(error).__name__ in text
    assert "LedgerBug" in text
    assert "test_errors.py" in text
    assert "in save" in text


def test_what_only_the_program_can_say_is_kept(folder: Path) -> None:
    write_report(raised(AttributeError("'NoneType' object has no attribute 'save'")))
    assert "has no attribute 'save'" in next(folder.iterdir()).read_text(encoding="utf-8")


def test_reports_of_one_second_do_not_replace_each_other_and_old_ones_go(folder: Path) -> None:
    most = errors._REPORTS_KEPT
    written = [write_report(ValueError()) for _ in range(most)]
    assert len(set(written)) == most
    for _ in range(20):
        last = write_report(ValueError())
        assert last.exists()
        assert len(list(folder.iterdir())) == most


def test_a_report_that_cannot_be_written_is_no_second_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_given: object, **_named: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(platformdirs, "user_log_path", full)
    assert "错误报告也写不下来" in explain(ValueError())


def test_an_error_nobody_caught_is_shown_and_printed(capsys: pytest.CaptureFixture[str]) -> None:
    shown: list[str] = []
    hook = UnexpectedErrors()
    hook(ValueError, ValueError(), None)
    hook.show = shown.append
    error = raised(ValueError(SECRET))
    hook(type(error), error, error.__traceback__)
    assert len(shown) == 1
    printed = capsys.readouterr().err
    assert shown[0] in printed
    assert printed.count("程序出错了") == 2
    assert SECRET not in printed
