"""What has to be known of records before, or right after, they are marked.

The log knows each export and print that they were in; nothing brings them back but people.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.fields import Instant
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.ledger.exports import Left, Logged
    from sanyou_desktop.ledger.made_from import Made


@dataclass(frozen=True)
class Known:
    """What is known of records that get a mark.

    Attributes:
        left: where they had gone without it, the newest first.
        made: what was made from them and has no mark.
        titles: kind, number and title by id of all that are named.
    """

    left: Sequence[Left] = ()
    made: Sequence[Made] = ()
    titles: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Tell whether there is anything to be known."""
        return bool(self.left or self.made)

    @property
    def gone(self) -> set[str]:
        """The records that had gone anywhere."""
        return {one for place in self.left for one in place.ids}

    def name(self, record_id: str) -> str:
        """Return number and title of a record."""
        _kind, number, title = self.titles.get(record_id, ("", "", record_id))
        return " ".join(filter(None, (number, title)))


def known_of(source: Path, ids: Collection[str]) -> Known:
    """Look records up; in this thread, where a long log takes seconds."""
    with Ledger.open(source, read_only=True) as ledger, ledger.as_of_now():
        left, made = ledger.exports.with_records(ids), ledger.made_from(ids)
        named = {*(one for place in left for one in place.ids), *(one.source for one in made)}
        return Known(left, made, ledger.titles(named))


def place_of(line: Logged) -> str:
    """Return where a line went, in words: 上报工作簿「上报.xlsx」."""
    # Not needed before something left, and start-up is measured.
    from sanyou_desktop.ledger.exports import WAYS

    ways = {option.value: _(option.title) for option in WAYS}
    return _("{way}「{name}」").format(
        way=ways.get(line.way, line.way), name=Path(line.target).name
    )


def when_of(line: Logged) -> str:
    """Return when it went."""
    return Instant("").show(line.at)


def what_to_do(lines: Collection[Logged]) -> str:
    """Return how records are taken back from there."""
    words = [_("请按保密规定收回或通知对方。")]
    ways = {line.way for line in lines}
    if "share" in ways:
        words.append(_("共享表格里的行，再更新一次就会撤回。"))
    if ways & {"report", "rollup"}:
        words.append(_("上级台账里的记录，重新上报后会撤回。"))
    if "backup" in ways:
        words.append(_("备份里的收不回来，不再需要的备份请销毁。"))
    return "".join(words)
