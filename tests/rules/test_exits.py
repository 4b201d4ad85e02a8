"""No way out of the program is forgotten: each has a test that keeps secret records in."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.rules.exits import GUARDED, HARMLESS
from tests.rules.source_tree import ROOT, parsed, python_files

_FILES = frozenset({
    "replacing", "patient_file", "new_workbook", "write_bytes", "write_text", "mkdtemp", "mkstemp",
    "TemporaryDirectory", "TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile",
    "copy2", "copyfile", "copyfileobj", "QSaveFile", "QTemporaryFile", "backup",
})  # fmt: skip
_PAPER = frozenset({"QPrinter", "QPdfWriter", "offer_print", "offer_to_lay_out"})
_OTHERS = frozenset({
    "openUrl", "showMessage", "QDrag", "Popen", "QLocalSocket", "urlopen",
    "copy_noted", "put_cells", "put_text", "put_rows",
})  # fmt: skip
_COPIES = frozenset({"setText", "setMimeData", "setImage", "setPixmap"})
# Of what other things have too, only in these modules is it a way out.
_OF = {"copy": ("shutil",), "print": ()}


class _Ways(ast.NodeVisitor):
    """Notes in which function each way out is taken."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._within: list[str] = []
        self.found: set[str] = set()

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.ClassDef) -> None:
        self._within.append(node.name)
        self.generic_visit(node)
        self._within.pop()

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.visit_FunctionDef(node)

    def visit_Call(self, node: ast.Call) -> None:
        if _leaves(node):
            self._note()
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        # Also where it is handed on, to be called later.
        if node.attr in _COPIES and _called(node.value) == "clipboard":
            self._note()
        self.generic_visit(node)

    def visit_arguments(self, node: ast.arguments) -> None:
        defaults = (*node.defaults, *node.kw_defaults)
        if any(isinstance(one, ast.Name) and one.id in _OTHERS for one in defaults):
            self._note()
        self.generic_visit(node)

    def _note(self) -> None:
        self.found.add(f"{self._module}:{'.'.join(self._within)}")


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    found = node.func
    return found.attr if isinstance(found, ast.Attribute) else getattr(found, "id", "")


def _leaves(node: ast.Call) -> bool:
    name = _called(node)
    if name in _OF:
        holder = node.func.value if isinstance(node.func, ast.Attribute) else None
        return getattr(holder, "id", "") in _OF[name] if holder else name == "print"
    if name in ("open", "fdopen"):
        given = [one.value for one in node.args if isinstance(one, ast.Constant)]
        modes = [one for one in given if isinstance(one, str) and len(one) <= len("wb+")]
        return any(set(mode) & set("wax+") for mode in modes)
    return name in _FILES | _PAPER | _OTHERS


def _ways_out() -> Iterator[str]:
    for path in python_files("sanyou_desktop"):
        parts = path.relative_to(ROOT / "sanyou_desktop").with_suffix("").parts
        ways = _Ways(".".join(parts))
        ways.visit(parsed(path))
        yield from ways.found


def test_every_way_out_is_known() -> None:
    known = {*GUARDED, *HARMLESS}
    assert not set(GUARDED) & set(HARMLESS)
    found = set(_ways_out())
    new, gone = found - known, known - found
    assert not new, f"say in tests/rules/exits.py what keeps secret records in: {sorted(new)}"
    assert not gone, f"no longer there: {sorted(gone)}"


@pytest.mark.parametrize("named", sorted(set(GUARDED.values())))
def test_what_guards_it_is_there(named: str) -> None:
    file, _colons, name = named.partition("::")
    functions = [
        one.name for one in ast.walk(parsed(ROOT / file)) if isinstance(one, ast.FunctionDef)
    ]
    assert name in functions
