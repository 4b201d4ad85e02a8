"""What did not go into a form is said in whole sentences, in either language."""

from __future__ import annotations

import re

import pytest

from sanyou_desktop.exchange.own_form.from_ledger import left_out_words
from sanyou_desktop.wording import use_language


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_sentences_do_not_run_into_one_another(
    language: str, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(lambda: use_language("zh_CN"))
    use_language(language)
    told = left_out_words(2, 3, "磁盘已满")
    assert all(word in told for word in ("2", "3", "磁盘已满"))
    assert not re.search(r"[.;:][A-Za-z0-9]", told)
