"""The English catalogue: bring it up to the texts of the code, compile it, say what it lacks.

``python -m tests.rules.catalogue`` updates ``resources/i18n``: texts that are new come in
untranslated, texts that are gone are dropped, translations are kept. With ``--check`` it writes
nothing. Both exit with status 1 while anything is missing.

The files hold no dates, line numbers or names of programs, so that two people who change two
texts do not meet in the header, and the same texts always give the same bytes.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "sanyou_desktop"
PO = ROOT / "resources" / "i18n" / "en" / "LC_MESSAGES" / "sanyou.po"
MO = PO.with_suffix(".mo")

_GLOSSARY = """\
# English texts of 三优台账.
#
# Glossary, so that one thing has one name everywhere:
#   台账 ledger · 记录 record · 承诺 pledge · 制度 rule · 检查 inspection · 问题 finding ·
#   整改 rectification · 满意度 survey · 活动 activity · 单位 unit ·
#   活动轮次 campaign round · 条款 clause · 检查项目 checklist item · 检查方案 checklist ·
#   检查结论 conclusion · 一票否决 veto · 每处扣分 minus each · 得分 score ·
#   受检部门 inspected unit · 复查 re-check · 回音 reply · 销号 closing · 逾期 overdue ·
#   履行 fulfilment · 兑现 kept · 公示 published · 发文字号 document number ·
#   文种 type of document · 印发 issued · 施行 in force · 废止 repealed · 联合印发 joint issuers ·
#   密级 security marking · 上报 reporting (to the superior unit) · 上报工作簿 report workbook ·
#   共享表格 shared workbook · 填报单位 reporting unit · 汇总 roll-up · 完整性 integrity ·
#   回收站 recycle bin · 草稿 draft · 约数 approximate · 待补充 to be supplied ·
#   三优一满意 Three Excellents · 优质服务 quality service · 优良作风 fine conduct ·
#   优美环境 pleasant environment · 机关满意 satisfied offices
# Names of kinds are singular: one text heads the list and stands in "New {kind}"."""
_HEADERS = [
    ("Project-Id-Version", "sanyou"),
    ("Language", "en"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
]


class _StableCatalog(Catalog):
    """A catalogue whose header says nothing about when, where and by which program."""

    # Babel's own adds dates and its version.
    mime_headers = property(lambda _self: _HEADERS)


@dataclass(frozen=True)
class Kept:
    """A translation as found in the .po file."""

    english: str
    fuzzy: bool


def declared_texts() -> dict[str, list[str]]:
    """Every Chinese text that the code declares, with the files that do, in order of files."""
    texts: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for text in _texts_of(ast.parse(path.read_text("utf-8"))):
            files = texts.setdefault(text, [])
            if name not in files:
                files.append(name)
    return texts


def wrapping_calls(tree: ast.Module) -> Iterator[ast.Call]:
    """The calls of ``_``, ``N_`` and ``to_user``, in order of the source."""
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("_", "N_", "to_user")
    ]
    yield from sorted(calls, key=lambda call: (call.lineno, call.col_offset))


def _texts_of(tree: ast.Module) -> Iterator[str]:
    # Babel's own extractor also takes the key of `_(fields["code"].description)` for a text.
    for call in wrapping_calls(tree):
        for argument in call.args:
            branches = (
                [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
            )
            for branch in branches:
                if isinstance(branch, ast.Constant) and isinstance(branch.value, str):
                    yield branch.value


def kept_translations(po: Path = PO) -> dict[str, Kept]:
    """The translations of the .po file by their Chinese text."""
    if not po.exists():
        return {}
    with po.open("rb") as file:
        found = read_po(file, locale="en")
    return {str(m.id): Kept(str(m.string or ""), m.fuzzy) for m in found if m.id}


def build(texts: Mapping[str, list[str]], kept: Mapping[str, Kept]) -> tuple[bytes, bytes]:
    """Return the .po and the .mo file of ``texts``; what is fuzzy is not compiled."""
    catalog = _StableCatalog(locale="en", header_comment=_GLOSSARY, fuzzy=False)
    for text, files in texts.items():
        known = kept.get(text, Kept("", fuzzy=False))
        catalog.add(
            text,
            known.english,
            locations=[(file, 1) for file in files],
            flags=["fuzzy"] if known.fuzzy else [],
        )
    po, mo = BytesIO(), BytesIO()
    write_po(po, catalog, width=0, include_lineno=False)
    write_mo(mo, catalog)
    return po.getvalue(), mo.getvalue()


def shortcomings(texts: Mapping[str, list[str]], kept: Mapping[str, Kept]) -> Iterator[str]:
    """What a reader of English would miss, a line each."""
    for text in texts:
        known = kept.get(text)
        if known is None or not known.english:
            yield f"untranslated: {text!r}"
        elif known.fuzzy:
            yield f"fuzzy: {text!r}"
        elif _placeholders(text) != _placeholders(known.english):
            yield f"other placeholders: {text!r} -> {known.english!r}"
    for text in kept:
        if text not in texts:
            yield f"obsolete: {text!r}"


def _placeholders(text: str) -> list[str]:
    try:
        return sorted({name for _text, name, _spec, _how in Formatter().parse(text) if name})
    except ValueError:
        return [f"unreadable: {text}"]


def _is_current(po: bytes, mo: bytes) -> bool:
    return all(path.exists() and path.read_bytes() == made for path, made in ((PO, po), (MO, mo)))


def main(arguments: list[str] | None = None) -> int:
    """Update or check the catalogue; return the exit status."""
    parser = argparse.ArgumentParser(description="Update the English catalogue.")
    parser.add_argument("--check", action="store_true", help="write nothing")
    checks: bool = parser.parse_args(arguments).check
    texts, kept = declared_texts(), kept_translations()
    po, mo = build(texts, kept)
    lines = list(shortcomings(texts, kept))
    if checks and not _is_current(po, mo):
        lines.append("not current: run python -m tests.rules.catalogue")
    if not checks:
        PO.parent.mkdir(parents=True, exist_ok=True)
        PO.write_bytes(po)
        MO.write_bytes(mo)
        lines = [line for line in lines if not line.startswith("obsolete")]
    for line in lines:
        print(line)
    print(f"{len(texts)} texts, {len(lines)} to mend")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
