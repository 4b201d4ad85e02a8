"""The sample ledger's document, and one with everything that is hard to set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sanyou_desktop.exchange.sample import make_sample
from sanyou_desktop.exchange.summary_source import summary_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.summary import Annex, Chart, Heading, Paragraph, Summary, Table


@pytest.fixture(scope="session")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "示例.sytz"
    make_sample(path)
    return path


@pytest.fixture
def sample(sample_path: Path) -> Iterator[Ledger]:
    with Ledger.open(sample_path, read_only=True) as ledger:
        yield ledger


@pytest.fixture
def sample_summary(sample: Ledger) -> Summary:
    return summary_of(sample)


@pytest.fixture
def hard() -> Summary:
    """Return a document with long text, odd characters, tables over pages, charts with gaps."""
    rows = tuple(
        (str(at), f"=HYPERLINK(第{at}行)", "😀𠮷㐂" if at == 7 else "") for at in range(120)
    )
    chart = Chart("问题<发现>&销号", "件", ("1月", "2月"), (("发现", (3, None)), ("销号", (0, 40))))
    return Summary(
        title=("晋江市政府办公室", "2026年三优一满意活动工作总结"),
        addressee="泉州市机关事务管理局",
        body=(
            Paragraph("=1+1 不是公式，+ - @ 也不是。" + "长" * 100_000 + "完"),
            Heading(1, "一、组织领导"),
            Heading(2, "（一）#[eval] $x$ *粗* \\ {{正文}}"),
            Paragraph("末段𠮷㐂。"),
        ),
        annexes=(
            Annex("清单", (Table(("序号", "内容", "备注"), rows, (1, 6, 2), frozenset({0})),)),
            Annex("统计图", (chart,)),
        ),
        signer="晋江市政府办公室",
        signed_on=date(2026, 3, 1),
        sources=(("r", 1),),
    )
