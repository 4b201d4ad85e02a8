"""A workbook as its parts (ECMA-376-2): one part changes, all others keep their bytes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from sanyou_desktop.exchange.errors import NotAWorkbook, TooLarge
from sanyou_desktop.exchange.limits import (
    LARGEST_LIST,
    LARGEST_MARKUP,
    MEGABYTE,
    open_archive,
    read_entry,
)
from sanyou_desktop.exchange.markup import (
    attributes,
    checked,
    escaped,
    root_prefix,
    start_tag,
    with_last_child,
)
from sanyou_desktop.exchange.spelling import Spelling, plainly
from sanyou_desktop.exchange.zip_archive import Entry, written
from sanyou_desktop.wording import to_user

CONTENT_TYPES = "[Content_Types].xml"
_RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True)
class Relationship:
    """From one part to another; ``target`` is a part name, ``kind`` the type's last word."""

    id: str
    kind: str
    type: str
    target: str


class Package:
    """The parts of one workbook, read from its bytes."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open the workbook; ``name`` is for messages.

        Raises:
            NotAWorkbook, Unsupported, TooLarge: it is not opened, with the reason.
        """
        self.name = name
        self._data = data
        self._archive = open_archive(data, name)
        self._entries = {entry.filename.lower(): entry for entry in self._archive.infolist()}
        self._changed: dict[str, bytes] = {}
        # Large parts that changed, compressed already: many sheets are not held one beside another.
        self._packed: dict[str, Entry] = {}
        self._added: dict[str, bytes] = {}
        self._removed: set[str] = set()
        self._leads: dict[str, list[Relationship]] = {}
        self._sizes: dict[str, int] = {}
        self._spelt: dict[str, Spelling] = {}

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from what was read."""
        return bool(self._changed or self._packed or self._added or self._removed)

    def names(self) -> list[str]:
        """Return the names of all parts as they are spelt."""
        kept = [info.filename for key, info in self._entries.items() if key not in self._removed]
        return [*kept, *self._added]

    def has(self, part: str) -> bool:
        """Say whether there is such a part."""
        key = part.lower()
        return key not in self._removed and (key in self._entries or key in self._keys_added())

    def read(self, part: str) -> bytes:
        """Return a part.

        Raises:
            NotAWorkbook: it is missing or damaged.
        """
        key = part.lower()
        for added, content in self._added.items():
            if added.lower() == key:
                return content
        if key in self._changed:
            return self._changed[key]
        if key in self._packed:
            return self._packed[key].content()
        if not self.has(part):
            raise NotAWorkbook(
                to_user("{name} 已损坏：缺少 {part}。文件未变，请找回完好的一份。").format(
                    name=self.name, part=part
                )
            )
        return read_entry(self._archive, self._entries[key], self.name)

    def begin_of(self, part: str, length: int) -> bytes:
        """Return the first ``length`` bytes of a part, without unpacking the rest of it.

        Raises:
            NotAWorkbook: it is missing or damaged.
        """
        key = part.lower()
        if self._differs(key) or key not in self._entries:
            return self.read(part)[:length]
        return read_entry(self._archive, self._entries[key], self.name, length)

    def read_markup(self, part: str, *, alone: bool = False) -> bytes:
        """Return a part that ``markup`` can edit.

        ``alone``: the caller lets go of it before it asks for the next, so that it may be longer.

        Raises:
            NotAWorkbook, Unsupported: see ``markup.checked``.
            TooLarge: the parts read so far are more than can be edited at once.
        """
        if not alone:
            self._sizes[part.lower()] = self._size(part)
            self._check_size(part, sum(self._sizes.values()), LARGEST_MARKUP)
        return self._plain(part)

    def read_list(self, part: str) -> bytes:
        """Return a part that lists others, or formats; such a part is read many times.

        Raises:
            NotAWorkbook, Unsupported: see ``markup.checked``.
            TooLarge: it is far longer than any program writes it.
        """
        self._check_size(part, self._size(part), LARGEST_LIST)
        return self._plain(part)

    def _plain(self, part: str) -> bytes:
        """Return a part without what patterns do not read, which is put back by ``replace``."""
        data, spelling = plainly(self.read(part))
        if spelling is not None:
            self._spelt[part.lower()] = spelling
        return checked(data, part, self.name)

    def replace(self, part: str, content: bytes) -> None:
        """Change a part; the same content is no change."""
        spelling = self._spelt.get(part.lower())
        content = content if spelling is None else spelling.restored(content)
        if self._holds(part, content):
            return
        self._leads.clear()
        for added in self._added:
            if added.lower() == part.lower():
                self._added[added] = content
                return
        self._packed.pop(part.lower(), None)
        self._changed[part.lower()] = content

    def replace_by_pieces(self, part: str, pieces: Iterable[bytes | memoryview]) -> None:
        """Change a part of the archive that may be large; it is never held whole."""
        key = part.lower()
        if key not in self._entries or key in self._spelt:
            self.replace(part, b"".join(pieces))
            return
        self._leads.clear()
        self._packed[key] = Entry.kept(self._data, self._entries[key]).with_content(pieces)
        self._changed.pop(key, None)

    def add(self, part: str, content: bytes, content_type: str) -> None:
        """Add a part and declare its type, unless one that is missing was declared there."""
        self._added[part] = content
        self._leads.clear()
        types = self.read_list(CONTENT_TYPES)
        prefix = root_prefix(types)
        declared = start_tag(prefix + b"Override").finditer(types)
        names = (attributes(match.group(1)).get("PartName", "") for match in declared)
        if f"/{part}".lower() in map(str.lower, names):
            return
        spelt = f'Override PartName="/{escaped(part)}" ContentType="{escaped(content_type)}"/>'
        child = b"<" + prefix + spelt.encode()
        self.replace(CONTENT_TYPES, with_last_child(types, prefix + b"Types", child))

    def remove(self, source: str, part: str) -> None:
        """Remove a part, its declaration and the relationship from ``source`` to it."""
        self._removed.add(part.lower())
        self._leads.clear()
        declared = self.read_list(CONTENT_TYPES)
        tag = start_tag(root_prefix(declared) + b"Override")
        self.replace(
            CONTENT_TYPES, _without(declared, tag, "PartName", lambda name: name[1:], part)
        )
        path = relationships_path(source)
        held = self.read_list(path)
        tag = start_tag(root_prefix(held) + b"Relationship")
        self.replace(
            path, _without(held, tag, "Target", lambda target: _resolved(source, target), part)
        )

    def relationships(self, source: str) -> list[Relationship]:
        """Return where a part ("" for the package) leads, other than outside the file."""
        path = relationships_path(source)
        if not self.has(path):
            return []
        if path not in self._leads:
            self._leads[path] = self._read_relationships(source, path)
        return self._leads[path]

    def _read_relationships(self, source: str, path: str) -> list[Relationship]:
        data = self.read_list(path)
        found = []
        for match in start_tag(root_prefix(data) + b"Relationship").finditer(data):
            held = attributes(match.group(1))
            if held.get("TargetMode") == "External":
                continue
            kind = held.get("Type", "")
            target = _resolved(source, held.get("Target", ""))
            found.append(Relationship(held.get("Id", ""), kind.rpartition("/")[2], kind, target))
        return found

    def relate(self, source: str, kind: str, target: str) -> str:
        """Add a relationship of a type (its whole address) and return its id."""
        path = relationships_path(source)
        if not self.has(path):
            empty = f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode()
            self.add(path, empty, _RELATIONSHIPS_TYPE)
        data = self.read_list(path)
        prefix = root_prefix(data)
        found = start_tag(prefix + b"Relationship").finditer(data)
        taken = {attributes(match.group(1)).get("Id", "") for match in found}
        number = next(
            n for n in range(len(taken) + 1, 2 * len(taken) + 2) if f"rId{n}" not in taken
        )
        spelt = f'Relationship Id="rId{number}" Type="{kind}" Target="/{escaped(target)}"/>'
        child = b"<" + prefix + spelt.encode()
        self.replace(path, with_last_child(data, prefix + b"Relationships", child))
        return f"rId{number}"

    def free_name(self, pattern: str) -> str:
        """Return the first part name of a pattern with ``{}`` for a number that is not taken."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def to_bytes(self) -> bytes:
        """Return the workbook; parts that did not change keep their stored bytes and place."""
        if not self.is_changed:
            return self._data
        return written(self._written_entries(), self._archive.comment)

    def _written_entries(self) -> list[Entry]:
        made = []
        for key, info in self._entries.items():
            if key in self._removed:
                continue
            entry = Entry.kept(self._data, info)
            if key in self._changed:
                entry = entry.with_content([self._changed[key]])
            made.append(self._packed.get(key, entry))
        made += [Entry.made(part, content) for part, content in self._added.items()]
        return made

    def _holds(self, part: str, content: bytes) -> bool:
        """Tell whether a part holds just that; one of another size is not unpacked for it."""
        return self._size(part) == len(content) and self.read(part) == content

    def _size(self, part: str) -> int:
        """Return how long a part is, without unpacking one that did not change."""
        key = part.lower()
        entry = self._entries.get(key)
        if key in self._packed:
            return self._packed[key].size
        if entry is None or self._differs(key):
            return len(self.read(part)) if self.has(part) else 0
        return entry.file_size

    def _differs(self, key: str) -> bool:
        return key in self._changed or key in self._packed or key in self._removed

    def _check_size(self, part: str, size: int, largest: int) -> None:
        if size > largest:
            raise TooLarge(
                to_user(
                    "{name} 的表格内容过多（读到 {part} 时已超过 {size} MB），没有写入，文件未变。"
                    "请分成几个文件。"
                ).format(name=self.name, part=part, size=largest // MEGABYTE)
            )

    def _keys_added(self) -> set[str]:
        return {part.lower() for part in self._added}


def relationships_path(source: str) -> str:
    """Return the name of the part that holds another part's relationships."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(source: str, target: str) -> str:
    joined = posixpath.join("/", posixpath.dirname(source), unquote(target))
    return posixpath.normpath(joined).lstrip("/")


def _without(
    data: bytes,
    tag: re.Pattern[bytes],
    key: str,
    named: Callable[[str], str],
    part: str,
) -> bytes:
    """Return the markup without the empty elements whose attribute names the part."""

    def kept(match: re.Match[bytes]) -> bytes:
        value = attributes(match.group(1)).get(key, "")
        return b"" if named(value).lower() == part.lower() else match.group(0)

    return tag.sub(kept, data)
