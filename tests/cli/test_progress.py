"""How far a command is, told on a terminal alone, and on a line that is left empty."""

from __future__ import annotations

import io
import sys

import pytest

from sanyou_desktop.cli import progress
from sanyou_desktop.cli.progress import told_on_terminal


class Terminal(io.StringIO):
    """A terminal that keeps what was shown on its one line."""

    def isatty(self) -> bool:
        return True

    def line(self) -> str:
        """Return what stands on the line, as a terminal shows it."""
        shown = ""
        for part in self.getvalue().split("\r"):
            shown = part + shown[len(part) :]
        return shown


def test_a_long_command_says_how_far_it_is_and_leaves_its_line_empty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "_AFTER_SECONDS", 0)
    monkeypatch.setattr(progress, "_EVERY_SECONDS", 0)
    with told_on_terminal("第 {done}/{total} 份") as tell:
        assert tell is not None
        for done in (9, 10):
            tell(done, 300)
            assert terminal.line() == f"第 {done}/300 份"
    assert terminal.line().strip() == ""
    assert terminal.getvalue().endswith("\r")


def test_a_short_command_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with told_on_terminal("第 {done}/{total} 份") as tell:
        assert tell is not None
        tell(1, 2)
    assert terminal.getvalue() == ""


def test_without_a_terminal_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with told_on_terminal("第 {done}/{total} 份") as tell:
        assert tell is None
