"""Every shipped list is valid, keeps its keys, states what its source states and no more."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import pytest

from sanyou_desktop import resources
from sanyou_desktop.exchange.scheme_json import from_json
from sanyou_desktop.exchange.shipped_schemes import is_among, shipped_schemes
from sanyou_desktop.model.scheme import Entry, Scheme
from sanyou_desktop.resources import resource_path

FILES = sorted(resource_path("schemes").glob("*.json"))
ROOT = Path(__file__).parents[3]

# The lists of the article of 2006, each entry as it stands there.
KNOWN = {
    "五查": "查服务 查作风 查管理 查实绩 查勤廉",
    "三查三落实": "查工作质量 查工作进度 查办事效率",
    "八个不让": "不让领导布置的工作在我手里延误 不让应传递的信息在我手里中断 "
    "不让需要办理的文件在我手中积压 不让各种差错现象在我身上发生 不让来办事的同志在我这里受冷落 "
    "不让各种不正之风在我身上出现 不让工作中不和谐的现象在我身上发生 "
    "不让办公室的形象在我这里受损害",
    "四心": "以耐心消烦心 以公心赢民心 以热心显爱心 以精心取放心",
    "一快三通": "速办快通 及时沟通 积极疏通",
    "三面向三服务": "面向机关内部 面向离退休老同志 面向基层 服务对台工作 服务日常需要 服务上下往来",
    "三会": "主任办公会议 保安人员工作会议 机关后勤管理人员工作会议",
    "勤严和忍": "勤 严 和 忍",
    "四勤三特": "",
    "三无": "无投诉 无差错 无事故",
    "三好": "态度好 服务好 廉政好",
}
# Never changed once released: what was taken over is known again by them.
KEYS = {
    "wu-cha": 5,
    "san-cha-san-luo-shi": 3,
    "ba-ge-bu-rang": 8,
    "si-xin": 4,
    "yi-kuai-san-tong": 3,
    "san-mian-xiang-san-fu-wu": 6,
    "san-hui": 3,
    "qin-yan-he-ren": 4,
    "si-qin-san-te": 7,
    "san-wu": 3,
    "san-hao": 3,
    "chi-fan-cheng-che-an-quan": 3,
    "fu-wu-fang-shi": 3,
    "si-xiang-huo-dong": 4,
    "wai-zai-xing-xiang": 3,
    "zhang-fa-gui-fan-chu-li": 3,
    "zuo-xi-zuo-shi-zuo-hao": 3,
}


def shipped() -> dict[str, Scheme]:
    return {scheme.title: scheme for scheme in shipped_schemes("350000-01")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_file_is_valid_and_says_where_it_is_from(path: Path) -> None:
    given = json.loads(path.read_text(encoding="utf-8"))
    assert given["key"] == path.stem
    scheme = from_json(path.read_bytes(), path.name, "350000-01")
    assert (scheme.id, scheme.unit) == ("", "350000-01")
    assert scheme.source
    assert scheme.entries
    assert [entry.key for entry in scheme.entries] == [
        f"{path.stem}-{number}" for number in range(1, len(scheme.entries) + 1)
    ]


def test_keys_are_stable() -> None:
    found = {path.stem: len(json.loads(path.read_text("utf-8"))["entries"]) for path in FILES}
    assert found == KEYS


@pytest.mark.parametrize("title", KNOWN)
def test_what_is_known_stands_as_in_the_source(title: str) -> None:
    assert [entry.text for entry in shipped()[title].known] == KNOWN[title].split()


def test_titles_are_unique() -> None:
    assert len(shipped()) == len(FILES)


def test_checks_are_paired_with_what_must_follow() -> None:
    pairs = [(entry.text, entry.follow_through) for entry in shipped()["三查三落实"].entries]
    assert pairs == [
        ("查工作质量", "落实工作制度"),
        ("查工作进度", "落实重点工作"),
        ("查办事效率", "落实领导指示"),
    ]


def test_zero_targets_are_zero() -> None:
    entries = shipped()["三无"].entries
    assert [entry.standard for entry in entries] == ["平时保障", "重要保障", "设备保障"]
    assert [entry.target for entry in entries] == [0, 0, 0]


def test_only_the_list_that_the_source_does_not_give_is_incomplete() -> None:
    assert [scheme.title for scheme in shipped().values() if scheme.incomplete] == ["四勤三特"]
    unknown = shipped()["四勤三特"]
    assert (unknown.announced_count, len(unknown.entries), unknown.missing()) == (7, 7, 7)


def test_a_list_is_known_again_by_its_title_or_its_entries() -> None:
    wanted = shipped()["五查"]
    renamed = Scheme(title="机关五查", entries=(*wanted.entries, Entry(key="new", text="查安全")))
    assert is_among(wanted, [renamed])
    assert is_among(wanted, [Scheme(title="五查")])
    assert not is_among(wanted, [Scheme(title="五查五看"), shipped()["三查三落实"]])
    assert not is_among(shipped()["四心"], [])


def test_an_installed_program_has_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wheel carries the folder to where ``resource_path`` looks first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    package = tmp_path / "sanyou_desktop"
    for source, target in included.items():
        assert (ROOT / source).is_dir()
        destination = tmp_path / target
        destination.parent.mkdir(parents=True, exist_ok=True)
        destination.symlink_to(ROOT / source, target_is_directory=True)
    monkeypatch.setattr(resources, "_HERE", package)
    assert len(shipped_schemes("u")) == len(KEYS)
    assert sys.modules["sanyou_desktop.resources"].resource_path("schemes").parent == (
        package / "resources"
    )
