"""A list shared as JSON comes back whole; what is none, or a newer one, is refused with reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.exchange.errors import (
    CannotWrite,
    ExchangeError,
    NewerFormat,
    NotAList,
    Unsupported,
    Withheld,
)
from sanyou_desktop.exchange.scheme_files import name_for, read_schemes, write_scheme
from sanyou_desktop.exchange.scheme_json import LARGEST, from_json, to_json
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.scheme import USES, Entry, Scheme

LINES = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """Any list that the model accepts."""
    count = draw(st.integers(0, 6))
    entries: list[Any] = [
        {
            "key": f"k{number}",
            "text": draw(LINES),
            "follow_through": draw(LINES),
            "standard": draw(LINES),
            "time_limit": draw(LINES),
            "target": draw(st.none() | st.integers(-5, 5)),
            "full_score": draw(st.none() | st.integers(10, 100)),
            "deduction": draw(st.none() | st.sampled_from([0, 0.5, 1, 2.25])),
            "veto": draw(st.booleans()),
        }
        for number in range(count)
    ]
    raw: dict[str, Any] = {
        "title": "清单" + draw(LINES),
        "use": draw(st.sampled_from(["", *(option.value for option in USES)])),
        "source": draw(LINES),
        "announced_count": draw(st.none() | st.integers(count, 20)),
        "themes": draw(st.lists(st.sampled_from(["service", "conduct"]), unique=True)),
        "tags": draw(st.lists(st.sampled_from(["甲", "乙"]), unique=True)),
        "purpose": draw(LINES),
        "notes": draw(LINES),
        "entries": entries,
    }
    record = Draft.from_json("scheme", raw, "u").accepted()
    assert isinstance(record, Scheme)
    return record


@given(schemes())
def test_json_comes_back_whole(scheme: Scheme) -> None:
    assert from_json(to_json(scheme).encode(), "a.json", "u") == scheme


def test_what_belongs_to_one_ledger_stays_in_it(tmp_path: Path) -> None:
    path = tmp_path / "五查.sanyou-list.json"
    kept = Scheme(
        id="0190",
        number="QD-2026-0001",
        unit="x",
        title="五查",
        department="办公室",
        person="王五",
        status="retired",
        revision=3,
        entries=(Entry(key="a", text="查服务"),),
    )  # fmt: skip - one argument a line would hide the rest
    write_scheme(kept, path)
    assert "办公室" not in path.read_text("utf-8")
    (read,) = read_schemes(path, "u")
    assert read.scheme == Scheme(unit="u", title="五查", entries=(Entry(key="a", text="查服务"),))
    assert read.where == "五查.sanyou-list.json"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_any_encoding_of_an_office_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(
        to_json(Scheme(title="四心", entries=(Entry(key="a", text="耐心"),))).encode(encoding)
    )
    (read,) = read_schemes(path, "u")
    assert read.scheme.known[0].text == "耐心"


def refused(content: bytes | dict[str, Any], tmp_path: Path) -> str:
    path = tmp_path / "坏.json"
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    path.write_bytes(data)
    with pytest.raises(ExchangeError) as caught:
        read_schemes(path, "u")
    assert path.read_bytes() == data
    assert "坏.json" in str(caught.value)
    assert "没有读入" in str(caught.value)
    return str(caught.value)


def test_a_newer_format_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"format": "sanyou-list", "version": 2, "title": "x", "new": 1}))
    with pytest.raises(NewerFormat, match="请升级程序"):
        read_schemes(path, "u")


HEAD: dict[str, Any] = {"format": "sanyou-list", "version": 1, "title": "五查"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "JSON"),
        (b'{"format": "sanyou-list",\n', "第 2 行"),
        (b"[" * 100_000, "JSON"),
        (b'{"a": NaN}', "JSON"),
        (b"1" * 5000, "JSON"),
        (b"[]", "不是清单文件"),
        (b"\xff\xfe\x00\xd8", "不是 UTF-8"),
        (b"\x00\x01\x02", "不是 UTF-8"),
        (b" " * (LARGEST + 1), "超过 8 MB"),
        ({"format": "other"}, "不是清单文件"),
        ({"format": "sanyou-list", "version": True}, "不是清单文件"),
        (HEAD | {"extra": 1}, "「extra」"),
        (HEAD | {"id": "1"}, "「id」"),
        (HEAD | {"title": ""}, "必填"),
        (HEAD | {"entries": [{"colour": "red"}]}, "第 1 行"),
        (HEAD | {"entries": [{"text": "a", "full_score": 1, "deduction": 2}]}, "每处扣分"),
        (HEAD | {"entries": {"text": "a"}}, "多行内容"),
        (HEAD | {"announced_count": 1, "entries": ["a", "b"]}, "多于公布的 1 项"),
        (HEAD | {"entries": [{"key": "a", "text": "x"}, {"key": "a", "text": "y"}]}, "重复"),
    ],
)
def test_a_bad_file_is_refused_with_the_reason(
    tmp_path: Path, content: bytes | dict[str, Any], told: str
) -> None:
    assert told in refused(content, tmp_path)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with pytest.raises(ExchangeError):
        from_json(data, "a.json", "u")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inside: (
            st.lists(inside, max_size=3)
            | st.dictionaries(
                st.sampled_from(["key", "text", "veto", "target"]), inside, max_size=3
            )
        ),
    )
)
def test_any_entries_are_read_or_refused(entries: Any) -> None:
    data = json.dumps(HEAD | {"entries": entries}).encode()
    try:
        scheme = from_json(data, "a.json", "u")
    except (NotAList, Unsupported):
        return
    assert scheme == from_json(to_json(scheme).encode(), "a.json", "u")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotAList, match="没有找到"):
        read_schemes(tmp_path / "no.json", "u")


def test_a_confidential_list_does_not_leave(tmp_path: Path) -> None:
    path = tmp_path / "a.sanyou-list.json"
    with pytest.raises(Withheld, match="密级"):
        write_scheme(Scheme(title="五查", confidential="internal"), path)
    assert not path.exists()


def test_a_name_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match=r"\.json"):
        write_scheme(Scheme(title="五查"), tmp_path / "a.docx")
    with pytest.raises(CannotWrite, match="文件夹"):
        write_scheme(Scheme(title="五查"), tmp_path / "no" / "a.json")


def test_what_was_there_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("old")
    write_scheme(Scheme(title="五查"), path)
    assert [item.name for item in tmp_path.iterdir()] == ["a.json"]
    assert json.loads(path.read_text("utf-8"))["title"] == "五查"


def test_names_of_files_are_names_anywhere() -> None:
    assert name_for(Scheme(title="五查")) == "五查.sanyou-list.json"
    assert name_for(Scheme(title='a/b:c*?"<>|.')) == "a b c.sanyou-list.json"
    assert name_for(Scheme(title="...")) == "清单.sanyou-list.json"


def test_the_model_alone_says_what_is_valid() -> None:
    with pytest.raises(Invalid):
        Draft.from_json("scheme", {"title": ""}).accepted()
