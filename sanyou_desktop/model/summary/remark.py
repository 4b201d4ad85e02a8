"""What the operator is told of a document: in the language of the window, not of the document."""

from __future__ import annotations

from dataclasses import dataclass

from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _


@dataclass(frozen=True)
class Remark:
    """A sentence that is put into words when it is shown.

    Attributes:
        text: ``N_``, with the marks {kinds}, {names}, {part} and {count} as it needs them.
        kinds: kinds of records with how many; ``names``: texts (``N_``) of parts and sections.
    """

    text: str
    kinds: tuple[tuple[str, int], ...] = ()
    names: tuple[str, ...] = ()
    count: int = 0

    def __str__(self) -> str:
        """Return the sentence in the language in use."""
        kinds = [
            _("{name} {count} 件").format(name=_(kind_of(kind).title), count=count)
            for kind, count in self.kinds
        ]
        names = _("、").join(_(name) for name in self.names)
        part = _("：").join(_(name) for name in self.names)
        return _(self.text).format(
            kinds=_("、").join(kinds), names=names, part=part, count=self.count
        )
