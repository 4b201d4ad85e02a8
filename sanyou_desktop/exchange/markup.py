"""Finding and changing elements in the bytes of an XML part, leaving all other bytes alone.

Parsing and writing anew would change how others' rows are spelt (entities, quotes, empty
elements). XML allows no bare ``<`` outside comments, CDATA and instructions, so in a well-formed
part without these (``spelling`` sees to that) a pattern finds an element exactly; that it is
well-formed ``checked`` makes sure of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from xml.parsers.expat import ExpatError, ParserCreate

from sanyou_desktop.exchange.errors import NotAWorkbook, Unsupported
from sanyou_desktop.exchange.limits import check_markup, holds
from sanyou_desktop.wording import to_user

_ATTRIBUTES = rb"(?:\s+[^\s=/>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*"
_ATTRIBUTE = re.compile(rb"([^\s=/>]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ROOT = re.compile(rb"<([A-Za-z_][^\s/>:]*:)?[^\s/>?!]+(" + _ATTRIBUTES + rb")\s*/?>")
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")
_WHOLE = re.compile("[0-9]{1,10}")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
# The parser lets no other thread go on while it is at one of these.
_BITE = 256 * 1024
# Likewise a search.
_SEARCHED = 512 * 1024
_SPECIAL = re.compile('[&<>"]')
_CHARACTERS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def checked(data: bytes, part: str, name: str) -> bytes:
    """Return the part if patterns read it exactly.

    Raises:
        NotAWorkbook: not well-formed.
        Unsupported: comments or CDATA, which ``spelling`` takes out as far as there are not too
            many, a document type, or another encoding than UTF-8.
    """
    check_markup(data, part, name)
    try:
        # No handlers: only whether it is well-formed.
        parser = ParserCreate(namespace_separator=" ")
        for at in range(0, len(data), _BITE):
            parser.Parse(data[at : at + _BITE], False)
        parser.Parse(b"", True)
    except ExpatError as error:
        raise NotAWorkbook(
            to_user("{name} 已损坏：其中的 {part} 读不出来。文件未变，请找回完好的一份。").format(
                name=name, part=part
            )
        ) from error
    if holds(data, b"<!"):
        raise Unsupported(
            to_user(
                "{name} 的 {part} 写法特殊。文件未变，请用 Excel 或 WPS 打开另存后再试。"
            ).format(name=name, part=part)
        )
    return data


@cache
def element(name: bytes) -> re.Pattern[bytes]:
    """Return a pattern for an element that is not nested in itself: attributes, content."""
    tag = re.escape(name)
    return re.compile(
        rb"<" + tag + rb"(" + _ATTRIBUTES + rb")\s*(?:/>|>(.*?)</" + tag + rb"\s*>)", re.DOTALL
    )


@cache
def start_tag(name: bytes) -> re.Pattern[bytes]:
    """Return a pattern for an element's start tag: attributes, ``/`` if it is empty."""
    return re.compile(rb"<" + re.escape(name) + rb"(" + _ATTRIBUTES + rb")\s*(/?)>")


def by_rows(pattern: re.Pattern[bytes], part: bytes) -> Iterator[re.Match[bytes]]:
    """Yield the matches in a worksheet part, none of which reaches from one row into the next.

    Some rows at a time: a search through a whole large sheet would hold up every other thread.
    """
    at = 0
    while at < len(part):
        row = part.find(b"row", at + _SEARCHED)
        end = part.rfind(b"<", at + 1, row) if row > 0 else len(part)
        end = end if end > 0 else len(part)
        yield from pattern.finditer(part, at, end)
        at = end


def attributes(raw: bytes) -> dict[str, str]:
    """Return the attributes of a start tag, unescaped."""
    return {
        key.decode(): unescaped((double or single).decode())
        for key, double, single in _ATTRIBUTE.findall(raw)
    }


def with_attribute(tag: bytes, key: str, value: str) -> bytes:
    """Return a start tag (or an element) with one attribute of its first tag set."""
    spelt = key.encode() + b'="' + escaped(value).encode() + b'"'
    head, rest = _split_first_tag(tag)
    place = _place_of(head, key)
    if place is not None:
        return head[: place[0]] + spelt + head[place[1] :] + rest
    cut = -2 if head.endswith(b"/>") else -1
    return head[:cut].rstrip() + b" " + spelt + head[cut:] + rest


def without_attribute(tag: bytes, key: str) -> bytes:
    """Return a start tag (or an element) whose first tag lacks an attribute."""
    head, rest = _split_first_tag(tag)
    place = _place_of(head, key)
    return tag if place is None else head[: place[0]].rstrip() + head[place[1] :] + rest


def _place_of(head: bytes, key: str) -> tuple[int, int] | None:
    """Return where an attribute stands: one by one, for a value may hold what looks like one."""
    found = (match for match in _ATTRIBUTE.finditer(head) if match.group(1) == key.encode())
    return next((match.span() for match in found), None)


def _split_first_tag(tag: bytes) -> tuple[bytes, bytes]:
    found = re.match(rb"<[^\s/>]+" + _ATTRIBUTES + rb"\s*/?>", tag)
    assert found is not None, tag[:80]
    return tag[: found.end()], tag[found.end() :]


def root_prefix(data: bytes) -> bytes:
    """Return the prefix of the root element with its colon, or nothing."""
    found = _ROOT.search(data)
    return (found.group(1) or b"") if found else b""


def namespaces(data: bytes) -> dict[str, str]:
    """Return what the root declares: namespace by prefix ("" for the default)."""
    found = _ROOT.search(data)
    declared = attributes(found.group(2)) if found else {}
    return {
        key.removeprefix("xmlns").removeprefix(":"): value
        for key, value in declared.items()
        if key == "xmlns" or key.startswith("xmlns:")
    }


def with_last_child(data: bytes, parent: bytes, child: bytes, *, count: bool = False) -> bytes:
    """Return the part with a child added at the end of its only ``parent`` element.

    ``count`` also adds one to the parent's count attribute, where it has one.
    """
    found = start_tag(parent).search(data)
    assert found is not None, parent
    tag = found.group(0)
    held = attributes(found.group(1)).get("count", "")
    if count and held:
        tag = with_attribute(tag, "count", str(whole(held) + 1))
    before, after = data[: found.start()], data[found.end() :]
    if found.group(2):
        return before + tag[:-2].rstrip() + b">" + child + b"</" + parent + b">" + after
    end = re.search(rb"</" + re.escape(parent) + rb"\s*>", after)
    assert end is not None, parent
    return before + tag + after[: end.start()] + child + after[end.start() :]


def whole(text: str, otherwise: int = 0) -> int:
    """Return the number that an attribute holds, ``otherwise`` where it holds none."""
    return int(text) if _WHOLE.fullmatch(text) else otherwise


def escaped(text: str) -> str:
    """Return text for an attribute or an element's content."""
    return _SPECIAL.sub(lambda found: _CHARACTERS[found.group()], text)


def escaped_content(text: str) -> str:
    """Return text for an element's content, in which quotes need no escape."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def unescaped(text: str) -> str:
    """Return what an attribute or an element's content says."""
    return _REFERENCE.sub(_referred, text) if "&" in text else text


def _referred(match: re.Match[str]) -> str:
    hexadecimal, decimal, named = match.groups()
    if named:
        return _NAMED[named]
    return chr(int(hexadecimal, 16) if hexadecimal else int(decimal))
