from __future__ import annotations

import re
from collections import Counter

from relint.catalog.well_architected import PILLAR


def test_each_question_has_all_its_best_practices() -> None:
    numbers = Counter(practice.partition("-")[0] for practice in PILLAR)
    assert list(numbers.values()) == [6, 5, 3, 4, 7, 7, 4, 5, 4, 3, 7, 5, 5]


def test_best_practices_are_numbered_from_one_without_gaps() -> None:
    for question, number in Counter(practice.partition("-")[0] for practice in PILLAR).items():
        assert [f"{question}-BP{index:02}" for index in range(1, number + 1)] == [
            p for p in PILLAR if p[:5] == question
        ]


def test_urls_are_different_pages_of_the_framework() -> None:
    pages = [url for _, url in PILLAR.values()]
    assert len(set(pages)) == len(pages)
    form = re.compile(r"https://docs\.aws\.amazon\.com/wellarchitected/latest/framework/rel_[a-z0-9_]+\.html")
    assert all(form.fullmatch(page) for page in pages)
