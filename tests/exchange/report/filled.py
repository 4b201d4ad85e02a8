"""Records for reports: one of every kind, every printed field filled."""

from __future__ import annotations

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.unit import Unit

OWN = Unit(code="350300", name="莆田市机关事务管理局", superior="350000", phone="0594-2690000")
SUPERIOR = Unit(code="350000", name="福建省机关事务管理局", unit="350300")

RECORDS: dict[str, dict[str, Json]] = {
    "pledge": {
        "title": "会议服务零差错承诺", "themes": ["service", "satisfaction"],
        "audience": "各厅局", "statement": "会前三查\n会中三看", "status": "published",
        "published_on": "2026-03-01", "valid_until": "2026-12", "department": "会务科",
        "clauses": [
            {"text": "会标零差错", "standard": "逐字核对", "time_limit": "会前一日", "target": 0},
            {"text": "茶水及时"},
        ],
    },
    "rule": {
        "title": "公务用车管理规定", "doc_number": "莆机管〔2026〕3号", "genre": "规定",
        "category": "vehicles", "issued_on": "2026-03-05", "announced_count": 16,
        "titles": ["派车单", "封存"], "status": "in_force",
    },
    "inspection": {
        "title": "二季度环境检查", "scheme": "五查", "inspected_on": "2026-06-30",
        "inspectors": ["林立", "陈平"], "status": "done", "conclusion": "总体整洁。",
        "items": [
            {"item": "楼道", "full_score": 20, "deduction": 2, "occurrences": 3, "veto": True},
            {"item": "车库", "result": "na"},
        ],
    },
    "finding": {
        "title": "车库照明损坏", "source": "complaint", "raised_on": "2026-07-01",
        "description": "三盏灯不亮", "measure": "更换", "due_on": "2026-07-15",
        "rounds": [{"rectified_on": "2026-07-10", "by": "林立", "rectification": "已换"}],
    },
    "survey": {
        "title": "食堂满意度", "held_on": "2026-06", "distributed": 120, "returned": 100,
        "very_satisfied": 60, "satisfied": 30, "basically_satisfied": 8, "dissatisfied": 2,
        "not_rated": 0,
    },
    "activity": {
        "title": "节能改造", "category": "investment", "started_on": "2026-05-04",
        "narrative": "更换灯具。", "amount": "120000.5元",
        "quantities": [{"label": "灯具", "quantity": "340盏"}],
    },
}  # fmt: skip


def save(ledger: Ledger, kind: str, /, **given: Json) -> Record:
    """Save a record of that kind, typed as a clerk would, and return it as kept."""
    wanted: dict[str, Json] = {"title": "一条记录", **given}
    return ledger.save(Draft.from_json(kind, wanted, unit=OWN.code).accepted()).record


def fill(ledger: Ledger) -> dict[str, Record]:
    """Save one record of every kind."""
    return {kind: save(ledger, kind, **given) for kind, given in RECORDS.items()}
