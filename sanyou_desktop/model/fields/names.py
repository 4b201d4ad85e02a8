"""Lists of short texts: people, tags, aliases, titles."""

from __future__ import annotations

from dataclasses import dataclass

from sanyou_desktop.model.fields.base import Field, Json
from sanyou_desktop.model.fields.listing import listed, on_one_line
from sanyou_desktop.model.fields.text import Text


@dataclass(frozen=True, eq=False, repr=False)
class Names(Field[tuple[str, ...]]):
    """Short texts in the order given, each once."""

    max_length: int = 200
    searched: bool = True

    @property
    def empty(self) -> tuple[str, ...]:
        """No names."""
        return ()

    def parse(self, raw: Json) -> tuple[str, ...]:
        """Return the names, from a list or from text separated by 、，, ; or line breaks."""
        one = Text(self.title, max_length=self.max_length)
        names = (one.read(item) for item in listed(raw))
        return tuple(dict.fromkeys(name for name in names if name))

    def write(self, value: tuple[str, ...]) -> Json:
        """Return the names as a list."""
        return list(value)

    def _kept(self, written: Json) -> tuple[str, ...]:
        return tuple(map(str, listed(written)))

    def typed(self, value: tuple[str, ...]) -> Json:
        """Return the names as one text, 、 between them."""
        return on_one_line(value)

    def show(self, value: tuple[str, ...]) -> str:
        """Return the names joined by 、."""
        return "、".join(value)


@dataclass(frozen=True, eq=False, repr=False)
class People(Names):
    """Names of people, for example inspectors."""
