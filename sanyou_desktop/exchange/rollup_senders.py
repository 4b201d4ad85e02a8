"""Whose report it is: the unit in this ledger that a file belongs to, or why it belongs to none."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sanyou_desktop.exchange.read_workbook import Facts
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.rollup_run import RollupRun
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.wording import _


class NotTaken(Exception):
    """A report that is not taken; the text says why and what to do."""


@dataclass(frozen=True)
class Sender:
    """The unit that reports.

    Attributes:
        code: its code in this ledger.
        name: its name here; that of the file where it is new.
        unit_id: id of its own record in its ledger.
        written_code: its code in the file.
        told: what somebody should know of how it was recognised, "" if it is plain.
        is_new: the ledger did not know it.
    """

    code: str
    name: str
    unit_id: str
    written_code: str
    told: str = ""
    is_new: bool = False

    def code_here(self, code: str) -> str:
        """Return the code by which this ledger knows a unit of the file."""
        return self.code if code == self.written_code else code


class Senders:
    """The units that the ledger knows, as they come to be known during a run."""

    def __init__(self, ledger: Ledger, run: RollupRun) -> None:
        """Read the ledger's units."""
        self._own = ledger.own_unit()
        self._run = run
        self._units = {unit.code: unit for unit in ledger.units()}

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Forget the units met inside if an error ends it."""
        before = dict(self._units)
        try:
            yield
        except BaseException:
            self._units = before
            raise

    @property
    def own_code(self) -> str:
        """Code of the unit whose ledger it is."""
        return self._own.code

    def unit(self, code: str) -> Unit | None:
        """Return the record of a unit, None if there is none."""
        return self._units.get(code)

    def met(self, unit: Unit) -> None:
        """Note a unit that was taken in."""
        self._units[unit.code] = unit

    def of(self, facts: Facts, own_record: dict[str, Json] | None) -> Sender:
        """Return whose report it is; ``own_record`` is the sender's own unit in the file.

        Raises:
            NotTaken: it is this ledger's own, names no unit, or another unit has its code.
        """
        if not facts.unit:
            raise NotTaken(_("登记表中没有填报单位的代码，没有接收。请让填报单位重新导出。"))
        unit_id = str((own_record or {}).get("id") or "")
        if facts.unit == self._own.code:
            self._refuse_own(facts, unit_id)
        known = self._units.get(facts.unit)
        if known is not None:
            return self._of_known(known, facts, unit_id)
        named = [unit for unit in self._units.values() if _is_called(unit, facts.unit_name)]
        if len(named) == 1 and named[0].code != self._own.code:
            told = _("单位代码 {written} 在本台账中没有，按名称「{name}」归入 {code}「{known}」。")
            told = told.format(
                written=facts.unit, name=facts.unit_name, code=named[0].code, known=named[0].title
            )
            return Sender(named[0].code, named[0].title, unit_id, facts.unit, told)
        return Sender(facts.unit, facts.unit_name, unit_id, facts.unit, is_new=True)

    def _refuse_own(self, facts: Facts, unit_id: str) -> None:
        if unit_id == self._own.id or _is_called(self._own, facts.unit_name):
            raise NotTaken(_("这是本单位自己的上报工作簿，没有接收；汇总只接收其他单位的。"))
        raise NotTaken(
            _(
                "「{name}」的单位代码 {code} 与本单位相同，没有接收。"
                "请核对两个单位的代码，由填错的一方改正后重新导出。"
            ).format(name=facts.unit_name, code=facts.unit)
        )

    def _of_known(self, known: Unit, facts: Facts, unit_id: str) -> Sender:
        """Return the sender with a code that is known, unless it is another unit's."""
        files = self._run.files_of(known.code)
        ledgers = {file.unit_id for file in files} or {known.id}
        if unit_id not in ledgers and not _is_called(known, facts.unit_name):
            raise NotTaken(
                _(
                    "单位代码 {code} 在本台账中是「{known}」，这份来自「{name}」，没有接收。"
                    "如是同一单位，请把「{name}」加进它的别名后再汇总；如是两个单位，请核对代码。"
                ).format(code=known.code, known=known.title, name=facts.unit_name)
            )
        told = ""
        if files and unit_id not in ledgers:
            told = _("「{name}」这次用的是另一本台账，请留意与以前上报的记录是否重复。")
            told = told.format(name=known.title)
        return Sender(known.code, known.title, unit_id, known.code, told)


def _is_called(unit: Unit, name: str) -> bool:
    """Tell whether a unit goes by that name, however it is spaced or how wide its characters."""
    wanted = _folded(name)
    return bool(wanted) and wanted in map(_folded, (unit.name, *unit.aliases))


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
