"""Whatever a form shows can be typed, saved, and found again when the record is reopened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.forms.designs import DESIGNS
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.kinds import KINDS
from tests.desktop.conftest import UNIT, Desk
from tests.desktop.forms.filling import enter, reopened, saved, shown_form, something_for

OpenCopy = Callable[..., Desk]
# Where the fields of a kind must fit together.
GIVEN: dict[str, dict[str, str]] = {
    "pledge": {"fulfilments": "2026-03-05\t\t已兑现\t来访登记簿"},
    "rule": {"doc_number": "莆机管〔2026〕3号", "announced_count": "44"},
    "inspection": {
        "plan": "季度",
        "previous": "环境",
        "items": "楼道\t清扫\t无堆物\t20\t2\t3\t\t是\t合格\t𠮷字牌脱落",
    },
    "plan": {"checklist": "五查", "starts_on": "2026年3月5日"},
    "request": {"due_on": "2026-10-10", "units": "350300-02\t莆田市财政局\t否\t"},
    "submission": {
        "received_on": "2026-10-09",
        "returned_on": "2026-10-11",
        "comments": "WT-2026-0001\t日期不全\t2026-10-20\t",
    },
    "finding": {"inspection": "环境", "rounds": "2026-03-05\t张三\t已清理\t2026-03-05\t李四\t通过"},
    "survey": {
        "distributed": "100",
        "returned": "90",
        "very_satisfied": "50",
        "satisfied": "20",
        "basically_satisfied": "10",
        "dissatisfied": "5",
        "not_rated": "5",
        "weights": "100/75/50/0",
    },
}


@pytest.fixture
def referable(few: Path, tmp_path: Path) -> Path:
    """The ledger ``few`` with an inspection that a finding may come from."""
    path = tmp_path / "referable.sytz"
    path.write_bytes(few.read_bytes())
    with Ledger.open(path) as ledger:
        ledger.save(Draft.from_json("inspection", {"title": "环境检查"}, UNIT).accepted())
        for kind, title in (("rule", "四心服务办法"), ("scheme", "五查清单"), ("plan", "季度检查")):
            ledger.save(Draft.from_json(kind, {"title": title}, UNIT).accepted())
    return path


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_field_can_be_typed_saved_and_reopened(
    qtbot: QtBot, desk: OpenCopy, referable: Path, tmp_path: Path, kind: str
) -> None:
    (tmp_path / "folder").mkdir()
    copy = referable.rename(tmp_path / "folder" / "ledger.sytz")
    file = tmp_path / "照片 =1.txt"
    file.write_text("附件的内容", encoding="utf-8")
    at = desk(copy)
    form = shown_form(qtbot, at, kind)
    typable = [key for key in DESIGNS[kind].placed() if not KINDS[kind].fields[key].read_only]
    for key in typable:
        field = KINDS[kind].fields[key]
        enter(
            qtbot, at, form.body.editors[key], something_for(key, field, GIVEN.get(kind, {}), file)
        )
    typed = form.draft.accepted()

    record_id = saved(qtbot, at, form)

    form.open_draft(Draft.new(kind, UNIT))
    reopened(qtbot, at, form, record_id)
    kept = next(item for item in at.stored(kind) if item.id == record_id)
    for key in typable:
        field = KINDS[kind].fields[key]
        wanted, found = (without_keys(item.to_json()[key]) for item in (typed, kept))
        assert wanted, f"nothing was entered in {key}"
        assert found == wanted, key
        shown = field.write(field.read(form.body.editors[key].raw()))
        assert without_keys(shown) == wanted, key
    assert at.failures == []


def without_keys(value: Json) -> Json:
    """Return rows without their own keys, which are new for every row typed."""
    if not isinstance(value, list):
        return value
    return [
        {name: cell for name, cell in row.items() if name != "key"}
        if isinstance(row, dict)
        else row
        for row in value
    ]
