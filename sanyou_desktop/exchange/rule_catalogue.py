"""制度汇编目录: what it lists, gathered from the ledger before it is written as either file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.exchange.office_owner import check_not_open
from sanyou_desktop.exchange.safe_write import clear_leftovers
from sanyou_desktop.ledger.exports import Outgoing
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.announced_rules import (
    announced_rules,
    collection_in_words,
    is_collection,
)
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.rule import GENRES, RULE_CATEGORIES, RULE_STATUSES, Rule
from sanyou_desktop.model.rule_standing import is_in_force, standing_of
from sanyou_desktop.wording import _, to_user

_UNCLASSED = ""
_CATEGORIES = {option.value: option.title for option in RULE_CATEGORIES}
_GENRES = {option.value: option.title for option in GENRES}
_STATUSES = {option.value: option.title for option in RULE_STATUSES}

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Entry:
    """A rule as the catalogue lists it; ``collection`` says what is known of a collection."""

    number: int
    title: str
    doc_number: str
    genre: str
    issuers: str
    issued_on: PartialDate | None
    effective_on: PartialDate | None
    status: str
    replacement: str
    collection: str
    text: str


@dataclass(frozen=True)
class Group:
    """The rules of one category."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Catalogue:
    """All of it.

    Attributes:
        announced: what is known of the collections together, "" without any.
        confidential: how many rules with a secrecy mark were left out.
        revisions: the rules that it lists, revision by id.
    """

    unit: str
    on: date
    groups: tuple[Group, ...]
    announced: str
    confidential: int
    revisions: Mapping[str, int]

    @property
    def rules(self) -> int:
        """How many entries it has."""
        return sum(len(group.entries) for group in self.groups)

    def counted(self) -> str:
        """Return "共 12 件"; collections, which are one entry each, with what they announced."""
        told = _("共 {count} 件").format(count=self.rules)
        if self.announced:
            told += _("；其中成套公布：{announced}").format(announced=self.announced)
        return told

    def outgoing(self, path: Path) -> Outgoing:
        """Return the line for the log of the ledger once it is written to ``path``."""
        made = Outgoing("catalogue", str(path.resolve()), result=str(self))
        for record_id, revision in self.revisions.items():
            made.add(record_id, revision)
        return made

    def __str__(self) -> str:
        """Return what the user is told once it is written."""
        told = _("{counted}。").format(counted=self.counted())
        if self.confidential:
            told += _("有密级的 {count} 件没有列入。").format(count=self.confidential)
        return told


def gather(ledger: Ledger, *, only_in_force: bool, progress: Progress | None = None) -> Catalogue:
    """Return the catalogue of a ledger; ``progress`` may raise to cancel.

    Confidential rules stay out, and are not named by what replaces them either.
    """
    today = date.today()
    every = [rule for rule in ledger.records("rule") if isinstance(rule, Rule)]
    public = [rule for rule in every if not rule.confidential]
    wanted = [rule for rule in public if not only_in_force or is_in_force(rule, today)]
    units = ledger.unit_names({rule.unit for rule in wanted})
    named = _Replacements(public)
    groups = []
    number = 0
    for category in (*_CATEGORIES, _UNCLASSED):
        entries = []
        for rule in sorted(_of_category(wanted, category), key=_order):
            number += 1
            if progress is not None:
                progress(number, len(wanted))
            entries.append(_entry(number, rule, units.get(rule.unit, ""), named, today))
        if entries:
            title = _CATEGORIES.get(category, "")
            groups.append(Group(_(title) or _("未分类"), tuple(entries)))
    collections = [rule for rule in wanted if is_collection(rule)]
    return Catalogue(
        ledger.own_unit().name,
        today,
        tuple(groups),
        str(announced_rules(collections)) if collections else "",
        sum(not only_in_force or is_in_force(rule, today) for rule in every if rule.confidential),
        {rule.id: rule.revision for rule in wanted},
    )


def prepare(path: Path, suffix: str) -> None:
    """Refuse a file that cannot be written before anything is gathered.

    Raises:
        ExchangeError: another ending than ``suffix``, or the file is open in an office program.
    """
    if path.suffix.lower() != suffix:
        raise CannotWrite(
            to_user("{name} 不是 {suffix} 文件名，没有写入。请让文件名以 {suffix} 结尾。").format(
                name=path.name, suffix=suffix
            )
        )
    check_not_open(path)
    clear_leftovers(path)


def _of_category(rules: list[Rule], category: str) -> list[Rule]:
    if category == _UNCLASSED:
        return [rule for rule in rules if rule.category not in _CATEGORIES]
    return [rule for rule in rules if rule.category == category]


def _order(rule: Rule) -> tuple[bool, str, str]:
    """Sort single rules before collections, older ones first, those without a date last."""
    return is_collection(rule), str(rule.issued_on or rule.effective_on or "9"), rule.number


def _entry(number: int, rule: Rule, unit: str, named: _Replacements, today: date) -> Entry:
    return Entry(
        number=number,
        title=" ".join(rule.title.split()),
        doc_number=rule.doc_number,
        genre=_(_GENRES.get(rule.genre, "")),
        issuers=_("、").join(dict.fromkeys(filter(None, (unit, *rule.joint_issuers)))),
        issued_on=rule.issued_on,
        effective_on=rule.effective_on,
        status=_status(rule, today),
        replacement=named.of(rule),
        collection=_collection(rule),
        text=rule.text,
    )


def _status(rule: Rule, today: date) -> str:
    """Return how it stands: what was decided may take effect on a day to come."""
    found = standing_of(rule, today)
    return _(found.title) if found else _(_STATUSES.get(rule.status, rule.status))


def _collection(rule: Rule) -> str:
    """Return the counts of a collection, and the titles that are known."""
    told = collection_in_words(rule)
    if told and rule.titles:
        told += _("：{titles}").format(titles=_("、").join(rule.titles))
    return told


class _Replacements:
    """Which rule replaces which, by title."""

    def __init__(self, rules: list[Rule]) -> None:
        self._by_id = {rule.id: rule for rule in rules}
        self._replaced_by = {rule.replaces: rule for rule in rules if rule.replaces}

    def of(self, rule: Rule) -> str:
        told = []
        if rule.replaces in self._by_id:
            told.append(_("替代{rule}").format(rule=_named(self._by_id[rule.replaces])))
        by = self._replaced_by.get(rule.id)
        if by is not None and rule.status == "repealed":
            told.append(_("被{rule}替代").format(rule=_named(by)))
        return _("；").join(told)


def _named(rule: Rule) -> str:
    title = _("《{title}》").format(title=" ".join(rule.title.split()))
    return f"{title}（{rule.doc_number}）" if rule.doc_number else title
