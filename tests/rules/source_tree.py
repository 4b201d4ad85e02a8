"""The files of the project, as the rules see them: without what tools and machines leave there."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_WRITTEN_BY_TOOLS = ("build", "dist")
_TEXT = {".py", ".md", ".toml", ".json", ".po", ".txt", ".yml", ".yaml", ".sh", ".svg", ""}


def python_files(*folders: str) -> Iterator[Path]:
    """Every module below the folders of the project, in a fixed order."""
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def text_files() -> Iterator[Path]:
    """Every file of the project that people write."""
    for folder, below, names in os.walk(ROOT):
        hidden = [name for name in below if name.startswith(".") and name != ".ci"]
        left_out = {*hidden, *_WRITTEN_BY_TOOLS, "__pycache__"}
        below[:] = sorted(name for name in below if name not in left_out)
        # In a second work tree of the repository ".git" is a file, which git writes.
        own = sorted(name for name in names if name != ".git")
        yield from (Path(folder, name) for name in own if Path(name).suffix in _TEXT)


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text("utf-8"), str(path))


def named(path: Path) -> str:
    """The path as people write it, e.g. ``sanyou_desktop/start.py``."""
    return path.relative_to(ROOT).as_posix()
