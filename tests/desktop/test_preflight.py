"""What Qt lacks is said with the command that gets it, before Qt can say it in a traceback."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sanyou_desktop.desktop import preflight
from sanyou_desktop.desktop.preflight import explain_what_is_missing, qt_libraries

MAIN = Path(__file__).resolve().parents[2] / "main.py"
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="these are Linux's needs")


@pytest.fixture(autouse=True)
def _on_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(preflight, "_loads", lambda _name: True)


def tools(monkeypatch: pytest.MonkeyPatch, *there: str) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name if name in there else None)


def test_nothing_missing_is_nothing_said() -> None:
    assert explain_what_is_missing() == ""


@linux
@pytest.mark.parametrize(
    ("tool", "command"),
    [
        ("apt-get", "sudo apt-get install -y libegl1 libxcb-cursor0"),
        ("dnf", "sudo dnf install -y libglvnd-egl xcb-util-cursor"),
    ],
)
def test_missing_libraries_are_named_with_the_command_of_the_system(
    monkeypatch: pytest.MonkeyPatch, tool: str, command: str
) -> None:
    lacking = ("libEGL.so.1", "libxcb-cursor.so.0")
    monkeypatch.setattr(preflight, "_loads", lambda name: name not in lacking)
    tools(monkeypatch, tool)
    told = explain_what_is_missing()
    assert "libEGL.so.1、libxcb-cursor.so.0" in told
    assert command in told.splitlines()[1]


@linux
def test_without_a_screen_the_libraries_of_screens_are_not_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(preflight, "_loads", lambda name: "xcb" not in name and "X11" not in name)
    assert explain_what_is_missing() == ""


@linux
def test_no_screen_is_said_and_what_works_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    told = explain_what_is_missing()
    assert "没有图形界面" in told
    assert "main.py --help" in told
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert explain_what_is_missing() == ""


def test_a_missing_binding_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert f"{sys.executable} -m pip install PySide6-Essentials" in explain_what_is_missing()


@linux
def test_every_library_has_a_package_in_both_families() -> None:
    for library in qt_libraries():
        assert library.name.startswith("lib")
        assert ".so." in library.name
        assert library.debian
        assert library.fedora


@linux
def test_the_program_ends_with_words_and_status_1() -> None:
    without = {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"}
    bare = {name: value for name, value in os.environ.items() if name not in without}
    ended = subprocess.run(
        [sys.executable, str(MAIN)], env=bare, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "没有图形界面" in ended.stderr
    assert "Traceback" not in ended.stderr
