"""All failed items become findings together, and what was flagged is inspected again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.judging import judged
from tests.desktop.conftest import Desk, settled
from tests.desktop.inspections.conftest import OpenCopy, do, page_of


@pytest.fixture
def held(rounds: Path, tmp_path: Path, desk: OpenCopy) -> Callable[[], Desk]:
    """Return a desk whose inspection was held: items 1, 3 and 5 failed."""

    def make() -> Desk:
        at = desk(rounds)
        record = at.stored("inspection")[0]
        assert isinstance(record, Inspection)
        results = ["fail", "pass"] * 3 + [""] * 6
        items = tuple(judged(*pair) for pair in zip(record.items, results, strict=True))
        done = replace(record, items=items, status="done", inspected_on=PartialDate(2026, 3, 2))
        at.session.operations.run(lambda ledger: ledger.save(done), owner=at.session.jobs)
        return at

    return make


def shown(qtbot: QtBot, held: Callable[[], Desk]) -> tuple[Desk, RecordPage, Inspection]:
    at = held()
    settled(qtbot, at.session)
    page, record = page_of(qtbot, at, "inspection")
    assert isinstance(record, Inspection)
    return at, page, record


def test_all_failed_items_become_findings_in_one_step(
    qtbot: QtBot, held: Callable[[], Desk]
) -> None:
    at, page, record = shown(qtbot, held)
    do(page, "raise_all")
    settled(qtbot, at.session)
    found = [one for one in at.stored("finding") if isinstance(one, Finding)]
    assert [one.item_key for one in found] == ["row1", "row3", "row5"]
    assert at.session.operations.undo_text == "转问题 3 条"
    do(page, "raise_all")
    settled(qtbot, at.session)
    assert len(at.stored("finding")) == 3
    assert "没有新增" in at.ask.asked[0]
    # One that was taken back is raised again, the others are not.
    at.session.operations.run(lambda ledger: ledger.delete([found[1].id]), owner=page)
    do(page, "raise_all")
    settled(qtbot, at.session)
    assert {one.item_key for one in at.stored("finding") if isinstance(one, Finding)} == {
        "row1", "row3", "row5",
    }  # fmt: skip
    assert found[0].inspection == record.id


def test_what_was_flagged_is_inspected_again(qtbot: QtBot, held: Callable[[], Desk]) -> None:
    at, page, record = shown(qtbot, held)
    begun: list[Draft] = []
    page.draft_wanted.connect(begun.append)
    do(page, "inspect_again")
    again = begun[0].accepted()
    assert isinstance(again, Inspection)
    assert again.previous == record.id
    assert [item.item for item in again.items] == [
        item.item for item in record.items if item.result == "fail"
    ]
    at.session.operations.run(lambda ledger: ledger.save(again), owner=page)
    settled(qtbot, at.session)
    assert "已复查 1 次（计划 1）" in page.form.related.labels[1].text()


def test_a_link_leads_to_what_it_names(qtbot: QtBot, held: Callable[[], Desk]) -> None:
    at, page, _record = shown(qtbot, held)
    opened: list[str] = []
    page.reference_opened.connect(opened.append)
    assert not page.form.related.isVisible()
    do(page, "raise_all")
    settled(qtbot, at.session)
    assert page.form.related.isVisible()
    page.form.related.labels[0].linkActivated.emit(at.stored("finding")[0].id)
    assert opened == [at.stored("finding")[0].id]
    page.new_record()
    assert not page.form.related.isVisible()
