"""Search of a generated ledger against ``LIKE`` over the same texts, in one run.

``python -m tests.benchmarks.bench_search [ROWS]`` prints milliseconds, median and 95th percentile,
by length of the query. The texts are sentences of dictionary words of two to four characters, as
often as words are in language (the n-th most frequent 1/n times), office words being the most
frequent: so some pairs of characters stand in most records and some in few.
"""

from __future__ import annotations

import json
import random
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from itertools import accumulate, islice
from pathlib import Path

from pypinyin.constants import PHRASES_DICT

from sanyou_desktop.ledger import pinyin, search
from sanyou_desktop.model.pledge import Clause, Pledge
from sanyou_desktop.resources import resource_path

ROWS = 200_000
WORDS = 8_000
QUERIES = 100
PHRASE_LINES = (
    "公务接待 车辆管理 会议服务 食堂餐饮 物业管理 安全保卫 绿化养护 办公用品 政府采购 财务报销 "
    "资产清查 水电维修 电梯运行 消防演练 节能降耗 垃圾分类 值班值守 文件收发 公房调配 幼儿保教 "
    "热情周到 及时高效 规范有序 廉洁自律 无投诉 无差错 无事故 首问负责 限时办结 挂牌上岗 持证上岗 "
    "定期检查 落实整改 群众满意 领导重视 责任到人 制度健全 台账完备 记录清楚 标识醒目 环境整洁 "
    "重庆 银行行长 调研 莆田市 福州市 厦门市 南平市 三明市 龙岩市 泉州市 漳州市 宁德市 福建省"
)
PHRASES = PHRASE_LINES.split()
SURNAMES = "陈林黄张吴李郑王刘苏蔡杨曾单解查"
GIVEN = "志强建国晓红丽华明辉文斌秀英海燕国平少云"


def pledges(rows: int) -> Iterable[Pledge]:
    """Yield made-up pledges of about 150 characters, always the same."""
    chance = random.Random(2026)
    sample = json.loads(resource_path("sample", "practices.json").read_text("utf-8"))
    practices = [item["title"] for item in sample if item.get("title")]
    ordinary = [word for word in PHRASES_DICT if len(word) <= 4]
    words = [*PHRASES, *chance.sample(ordinary, WORDS - len(PHRASES))]
    frequency = list(accumulate(1 / (rank + 3) for rank in range(WORDS)))
    for number in range(1, rows + 1):
        drawn = iter(chance.choices(words, cum_weights=frequency, k=60))
        clauses = ["".join(islice(drawn, chance.randint(2, 6))) for _ in range(12)]
        text = "".join(clause + chance.choice("，，。；、") for clause in clauses if clause)
        person = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2))
        yield Pledge(
            number=f"CN-2026-{number:04}",
            title=next(drawn, "") + chance.choice(PHRASES) + chance.choice(practices)[:12],
            person=person,
            department=chance.choice(PHRASES) + "科",
            statement=text,
            clauses=(Clause(key="a", text=chance.choice(practices)),),
        )


def build(conn: sqlite3.Connection, rows: int) -> float:
    """Fill a register, the search table and a table for LIKE; return ms a search row."""
    conn.execute(
        "CREATE TABLE record (seq INTEGER PRIMARY KEY, id TEXT, kind TEXT, number TEXT, "
        "title TEXT, deleted_at TEXT)"
    )
    conn.execute("CREATE TABLE plain (seq INTEGER PRIMARY KEY, text TEXT)")
    search.create(conn)
    # Loading the readings is no part of indexing a record.
    pinyin.readings("车")
    spent = 0.0
    conn.execute("BEGIN")
    for seq, pledge in enumerate(pledges(rows), 1):
        register = (seq, str(seq), "pledge", pledge.number, pledge.title)
        conn.execute("INSERT INTO record VALUES (?, ?, ?, ?, ?, '')", register)
        whole = "\n".join([pledge.number, pledge.title, pledge.statement, pledge.clauses[0].text])
        conn.execute("INSERT INTO plain VALUES (?, ?)", (seq, whole))
        begun = time.perf_counter()
        search.index(conn, seq, "pledge", pledge)
        spent += time.perf_counter() - begun
    conn.execute("COMMIT")
    return spent * 1000 / rows


def queries(rows: int) -> dict[str, list[str]]:
    """Return queries by what they are, drawn from the texts as people would type them."""
    chance = random.Random(7)
    texts = [pledge.statement for pledge in pledges(min(rows, 2000))]
    runs = [run for text in texts for run in re.split("[，。；、]", text)]
    made: dict[str, list[str]] = {}
    for length in range(1, 9):
        long_enough = [run for run in runs if len(run) >= length]
        made[f"{length} characters"] = [
            run[at : at + length]
            for run in chance.choices(long_enough, k=QUERIES)
            for at in [chance.randrange(len(run) - length + 1)]
        ]
    spoken = [
        way for run in chance.choices(runs, k=2 * QUERIES) for way in pinyin.readings(run)[:1]
    ]
    syllables = spoken[:QUERIES]
    for length in range(1, 9):
        made[f"{length} letters of pinyin"] = ["".join(way)[:length] for way in syllables]
    made["initials"] = ["".join(one[0] for one in way)[:8] for way in syllables]
    made["number"] = [f"{chance.randrange(1, rows):04}" for _ in range(QUERIES)]
    made["year and number"] = [f"2026-{chance.randrange(1, rows):04}" for _ in range(QUERIES)]
    made["two words"] = [" ".join(chance.sample(PHRASES, 2)) for _ in range(QUERIES)]
    made["not there"] = [chance.choice("龘靐齉爩") + chance.choice(PHRASES) for _ in range(QUERIES)]
    return made


def timed(work: Callable[[str], object], texts: Iterable[str]) -> tuple[float, float]:
    """Return median and 95th percentile in ms."""
    spent = []
    for text in texts:
        begun = time.perf_counter()
        work(text)
        spent.append((time.perf_counter() - begun) * 1000)
    return statistics.median(spent), statistics.quantiles(spent, n=20)[-1]


def main() -> None:
    """Build, search, print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(sqlite3.connect(Path(folder) / "bench.db", isolation_level=None)) as conn,
    ):
        conn.execute("PRAGMA synchronous = OFF")
        conn.execute("PRAGMA cache_size = -16000")
        each = build(conn, rows)
        print(f"{rows} rows, {each:.2f} ms a row to index")
        for name, table in (("search", "search%"), ("texts", "plain")):
            size = conn.execute(
                "SELECT sum(pgsize) FROM dbstat WHERE name LIKE ?", (table,)
            ).fetchone()[0]
            print(f"{name}: {size / 1e6:.0f} MB")

        def like(text: str) -> object:
            sql = "SELECT seq FROM plain WHERE text LIKE ? ORDER BY seq DESC LIMIT 50"
            return conn.execute(sql, (f"%{text}%",)).fetchall()

        def in_list(text: str) -> object:
            sql, values = search.condition(text)
            return conn.execute(f"SELECT count(*) FROM ({sql})", values).fetchone()

        print(f"{'':24}{'first 50':>16}{'all counted':>16}{'LIKE':>16}")
        for name, texts in queries(rows).items():
            shown = [
                timed(lambda text: search.hits(conn, text, 50), texts),
                timed(in_list, texts),
                timed(like, texts[:10]),
            ]
            cells = "".join(f"{median:8.2f}{late:8.2f}" for median, late in shown)
            print(f"{name:24}{cells}", flush=True)


if __name__ == "__main__":
    main()
