"""Any run of characters, pinyin, word or number of a record's texts finds it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sanyou_desktop.ledger import search, search_entry
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.search_terms import Reading
from sanyou_desktop.model.activity import Activity, Figure
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Amount
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.pledge import Clause, Pledge
from sanyou_desktop.model.record import Attachment, Record
from sanyou_desktop.model.unit import Unit

# Common and rare Chinese: extension A, beyond the basic plane, the newest block, and 〇.
CHINESE = st.text(
    alphabet=st.one_of(
        st.sampled_from("车辆接待的不让一二三"),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
        st.characters(min_codepoint=0x3400, max_codepoint=0x4DB5),
        st.characters(min_codepoint=0x20000, max_codepoint=0x2A6D6),
        st.sampled_from("〇𠮷㐂\U000323b0"),
    ),
    min_size=1,
    max_size=40,
)
MANY = settings(max_examples=150)


class Index:
    """A register and a search table with records numbered from 1."""

    def __init__(self) -> None:
        self.conn = sqlite3.connect(":memory:", isolation_level=None)
        self.conn.execute(
            "CREATE TABLE record (seq INTEGER PRIMARY KEY, id TEXT, kind TEXT, number TEXT, "
            "title TEXT, deleted_at TEXT DEFAULT '')"
        )
        search.create(self.conn)
        self.count = 0

    def add(self, record: Record) -> int:
        self.count += 1
        self.conn.execute(
            "INSERT INTO record (seq, id, kind, number, title) VALUES (?, ?, ?, ?, ?)",
            (self.count, str(self.count), record.kind, record.number, record.title),
        )
        search.index(self.conn, self.count, record.kind, record)
        return self.count

    def found(self, text: str, limit: int = 50, kinds: tuple[str, ...] = ()) -> list[int]:
        """Return what the hits are, best first; the list's condition must select the same."""
        hits = [int(hit.id) for hit in search.hits(self.conn, text, limit, kinds)]
        if not kinds and limit >= self.count and hits:
            sql, values = search.condition(text)
            assert {row[0] for row in self.conn.execute(sql, values)} == set(hits)
        return hits

    def holds(self, text: str) -> bool:
        return bool(self.found(text))


@pytest.fixture
def index() -> Iterator[Index]:
    index = Index()
    yield index
    index.conn.close()


@pytest.fixture
def office(index: Index) -> Index:
    """Return an index of one pledge that has something of everything."""
    index.add(
        Pledge(
            number="CN-2026-0007",
            title="车辆接待承诺",
            themes=("service",),
            status="published",
            department="车队",
            person="曾志强",
            tags=("重点", "Excel表"),
            notes="重庆银行行长，２０２６年５月，ＡＢ１２；西安；略",
            statement="公务用车 24 小时响应\n𠮷野家与㐂家😀",
            clauses=(Clause(key="a", text="无投诉", standard="GB50015-2019"),),
            attachments=(Attachment(key="b", name="现场照片.jpg", sha256="f" * 64),),
        )
    )
    return index


@pytest.mark.parametrize(
    "text",
    [
        *("车", "辆", "诺", "车辆", "辆接", "接待承诺", "车辆接待承诺"),
        *("曾志强", "车队", "重点", "无投诉", "投诉", "优质服务", "已公示", "照片"),
        *("𠮷", "𠮷野", "㐂", "㐂家", "😀", "家😀"),
        *("excel", "EXCEL", "exc", "e", "ab", "AB12", "ａｂ12", "gb", "gb50015", "50015-2019"),
        *("0007", "7", "2026-0007", "CN-2026-0007", "cn2026", "CN", "24", "24 小时"),
        *("2026年", "2026年5月", "5月", "24小时", "excel表", "12；西安"),
        *("车辆 投诉", "诉 车", "车辆　银行", "车辆，", "“车辆”", "银行行长，2026"),
    ],
)
def test_what_is_written_is_found(office: Index, text: str) -> None:
    assert office.holds(text)


@pytest.mark.parametrize(
    "text",
    [
        *("辆车", "待车", "承诺车", "诉无", "长行", "家家", "庆银行长"),
        *("excels", "b12", "07", "cn2027", "2026-0008", "70", "fff", "published", "image"),
        *("车辆 没有", "2026月", "长5", "年12"),
    ],
)
def test_what_is_not_written_is_not_found(office: Index, text: str) -> None:
    assert not office.holds(text)


@pytest.mark.parametrize(
    "text",
    [
        # Initials, also from the middle of a run
        *("cljd", "cl", "jd", "ljd", "CLJD", "cljdcn", "gwyc", "wts", "zzq"),
        # Syllables, finished or not
        *("che", "ch", "cheliang", "chel", "cheliangj", "cheliangjie", "jiedaichengnuo", "jied"),
        # Words by their usual reading, and every common reading of a lone character
        *("chongqing", "yinhang", "hangzhang", "zhongdian", "zengzhiqiang", "cengzhi", "xiangying"),
        # xian is one syllable or two
        *("xian", "xi an", "xia"),
        # Chinese beside pinyin
        *("车liang", "liang车", "车辆jiedai", "曾zhiq"),
        *("lue", "lve", "lüe"),
    ],
)
def test_pinyin_finds_it(office: Index, text: str) -> None:
    assert office.holds(text)


@pytest.mark.parametrize("text", ["liangche", "cjld", "chelaing", "jc", "zhiqiangz"])
def test_pinyin_keeps_the_order(index: Index, text: str) -> None:
    index.add(Pledge(title="车辆接待，志强"))
    assert not index.holds(text)


def test_pinyin_beside_chinese_may_stand_apart_from_it(index: Index) -> None:
    index.add(Pledge(title="车辆接待"))
    assert index.holds("待che")


def test_pinyin_does_not_reach_over_punctuation(index: Index) -> None:
    index.add(Pledge(title="汽车，辆次"))
    assert not index.holds("cheliang")
    assert not index.holds("cl")


def test_number_or_title_come_first_then_the_newest(index: Index) -> None:
    index.add(Pledge(title="接待车辆", number="CN-2026-0001"))
    index.add(Pledge(title="甲", notes="车辆"))
    index.add(Pledge(title="车辆", number="CN-2026-0003"))
    index.add(Pledge(title="乙", notes="车辆、接待车辆"))
    assert index.found("车辆") == [3, 1, 4, 2]
    assert index.found("cl") == [3, 1, 4, 2]
    assert index.found("车辆", limit=3) == [3, 1, 4]
    assert index.found("车辆", limit=1) == [3]


def test_words_may_lie_in_different_fields(index: Index) -> None:
    index.add(Pledge(title="车辆", notes="接待"))
    assert index.holds("接待 车辆")


def test_recycled_records_are_no_hits_but_in_the_bin_s_list(index: Index) -> None:
    index.add(Pledge(title="车辆"))
    index.conn.execute("UPDATE record SET deleted_at = '2026-11-23T00:00:00.000Z'")
    sql, values = search.condition("车辆")
    assert search.hits(index.conn, "车辆", 5) == []
    assert index.conn.execute(sql, values).fetchall() == [(1,)]


def test_kinds_narrow_the_hits(index: Index) -> None:
    index.add(Pledge(title="车辆"))
    index.add(Inspection(title="车辆检查", items=(Item(key="a", item="车辆"),)))
    assert index.found("车辆", kinds=("pledge",)) == [1]
    assert index.found("车辆", kinds=("inspection", "rule")) == [2]
    assert index.found("车辆", kinds=("rule",)) == []
    sql, values = search.condition("车 检", ["inspection"])
    assert index.conn.execute(sql, values).fetchall() == [(2,)]


def test_a_quantity_is_found_as_written_and_by_its_figure(index: Index) -> None:
    amount = Amount("", unit="元").read("140多万元")
    index.add(Activity(title="投入", amount=amount))
    index.add(
        Activity(title="派车", quantities=(Figure(key="a", quantity=Amount("").read("283")),))
    )
    index.add(Activity(title="节约", notes="共 1,250,000 元"))
    assert index.found("140多万") == [1]
    assert index.found("1400000") == [1]
    assert index.found("1,400,000") == [1]
    assert index.found("283") == [2]
    assert index.found("1250000") == [3]


def test_an_index_again_replaces_and_remove_forgets(index: Index) -> None:
    index.add(Pledge(title="旧标题"))
    search.index(index.conn, 1, "pledge", Pledge(title="新标题"))
    assert not index.holds("旧标")
    assert index.found("新标") == [1]
    search.remove(index.conn, 1)
    assert not index.holds("新标")


def test_the_excerpt_is_around_the_place(index: Index) -> None:
    index.add(Pledge(title="甲", statement="前文" * 40 + "\n这里讲车辆接待" + "后文" * 40))
    (hit,) = search.hits(index.conn, "车辆", 5)
    assert "车辆接待" in hit.excerpt
    assert "\n" not in hit.excerpt
    assert hit.excerpt.startswith("…")
    assert hit.excerpt.endswith("…")
    (hit,) = search.hits(index.conn, "jia", 5)
    assert hit.excerpt.startswith("前文")


def test_a_record_of_100_000_characters_is_found_by_its_end(index: Index) -> None:
    index.add(Pledge(title="长", statement="车辆接待" * 25_000 + "尾声"))
    assert index.holds("待尾声")
    assert index.holds("weisheng")


@pytest.mark.parametrize(
    "text", ["", " ", "　", "，。", '"', "*", "-", "()", "\x00", "\ud800", "^:+"]
)
def test_nothing_to_search_for_selects_all_of_a_list_and_hits_nothing(
    office: Index, text: str
) -> None:
    sql, values = search.condition(text)
    assert office.conn.execute(sql, values).fetchall() == [(1,)]
    assert search.hits(office.conn, text, 5) == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            '"车',
            "车*",
            "-车",
            "NEAR(车 辆)",
            "车 AND",
            "OR",
            "NOT 车",
            "title:车",
            "{title}:车",
            "车^",
        ),
        *("车" * 100_000, "x" * 100_000, "a b " * 50_000, "xian" * 50_000, "，" * 100_000),
        *("e\u0301" * 1000, "\u200d", "\ufe0f车", "ﷺ" * 1000, "a" * 48, "zhonghua" * 6),
    ],
)
def test_no_text_is_read_as_syntax(office: Index, text: str) -> None:
    office.found(text)


@MANY
@given(st.text(max_size=60))
def test_no_text_at_all_raises(text: str) -> None:
    index = Index()
    index.found(text)
    index.conn.close()


@MANY
@given(CHINESE, st.data())
def test_any_run_of_a_text_finds_it(text: str, data: st.DataObject) -> None:
    index = Index()
    index.add(Pledge(title="甲", notes=text))
    start = data.draw(st.integers(0, len(text) - 1))
    length = data.draw(st.integers(1, 8))
    assert index.holds(text[start : start + length])
    index.conn.close()


@MANY
@given(
    st.lists(st.text(alphabet="车辆接待", min_size=1, max_size=6), min_size=1, max_size=4),
    st.text(alphabet="车辆接待", min_size=1, max_size=8),
)
def test_only_what_is_in_one_piece_is_found(pieces: list[str], wanted: str) -> None:
    index = Index()
    index.add(Pledge(title=pieces[0], notes="，".join(pieces[1:])))
    assert index.holds(wanted) == any(wanted in piece for piece in pieces)
    index.conn.close()


@MANY
@given(CHINESE, CHINESE)
def test_a_text_that_is_not_there_is_not_found(text: str, wanted: str) -> None:
    wanted = wanted[:8]
    assume(wanted not in text)
    index = Index()
    index.add(Pledge(title="题", statement=text))
    assume(wanted != "题")
    # The label 草稿 of a new pledge's status is searched as well.
    assume(wanted not in "草稿")
    assert not index.holds(wanted)
    index.conn.close()


def test_searching_does_not_load_the_readings() -> None:
    program = (
        "import sys, sqlite3\n"
        "from sanyou_desktop.ledger import search, search_query\n"
        "search_query.expression('cheliang 车liang cljd')\n"
        "sys.exit('pypinyin' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def vocabulary(index: Index) -> list[tuple[str, int]]:
    """Return every token with how many records have it."""
    index.conn.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, search, row)")
    found = index.conn.execute("SELECT term, doc FROM temp.words ORDER BY term").fetchall()
    index.conn.execute("DROP TABLE temp.words")
    return found


@MANY
@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.none() | st.text("车辆接待曾a1,。 ", max_size=12)),
        max_size=12,
    )
)
def test_changed_and_removed_records_leave_nothing_behind(
    steps: list[tuple[int, str | None]],
) -> None:
    index, fresh = Index(), Index()
    last: dict[int, Pledge] = {}
    for seq, text in steps:
        if text is None:
            search.remove(index.conn, seq)
            last.pop(seq, None)
        else:
            last[seq] = Pledge(number=f"CN-2026-{seq:04}", title=text[:3], notes=text)
            search.index(index.conn, seq, "pledge", last[seq])
    for seq, pledge in last.items():
        search.index(fresh.conn, seq, "pledge", pledge)
    assert vocabulary(index) == vocabulary(fresh)
    index.conn.close()
    fresh.conn.close()


def test_a_record_is_forgotten_by_the_readings_it_was_indexed_with(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.add(Pledge(title="车辆"))
    other = Reading.of((("ju", "liang"),))
    monkeypatch.setattr(search_entry, "_read_today", lambda _run: other)
    search.index(index.conn, 1, "pledge", Pledge(title="车辆"))
    assert index.holds("juliang")
    assert not index.holds("cheliang")


def test_words_that_did_not_change_are_not_written_again(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "甲.sytz", Unit(code="350300", name="莆田局")) as ledger:
        draft = Pledge(unit="350300", title="车辆接待")
        made = ledger.save(draft).record
        written: list[str] = []
        ledger._conn.set_trace_callback(written.append)
        later = replace(draft, id=made.id, revision=1, number=made.number)
        made = ledger.save(replace(later, valid_until=PartialDate(2026))).record
        ledger.delete([made.id])
        ledger.restore([made.id])
        assert not [sql for sql in written if "INTO search" in sql]
        found = ledger.get(made.id)
        assert found is not None
        ledger.save(replace(found, title="会议接待"))
        assert [sql for sql in written if "INTO search" in sql]
        ledger._conn.set_trace_callback(None)
        assert [hit.title for hit in ledger.search("会议")] == ["会议接待"]
        assert ledger.search("车辆") == []
        assert ledger.verify() == []
