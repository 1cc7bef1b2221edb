"""The fixes of all rules, which users paste into their templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import dedent
from typing import Any

import pytest
import yaml

from relint.api import load_rules

_BLOCK = re.compile(r"(?:^ {4}.*(?:\n|$)|^\n(?= {4}))+", re.MULTILINE)
_YAML_LINE = re.compile(r"^(?:[A-Z][A-Za-z]+:(?: [\[{!].*| \w+)?|- .*)$", re.MULTILINE)


class _Loader(yaml.SafeLoader):
    """A loader that accepts the tags of CloudFormation."""


_Loader.add_multi_constructor("!", lambda *_: None)


def _blocks() -> Iterator[Any]:
    for rule in load_rules():
        for number, block in enumerate(_BLOCK.findall(rule.fix), 1):
            yield pytest.param(block, id=f"{rule.id}, block {number}")


@pytest.mark.parametrize("block", list(_blocks()))
def test_block_of_a_fix_is_yaml(block: str) -> None:
    assert yaml.load(dedent(block), _Loader) is not None


def test_yaml_of_a_fix_is_indented() -> None:
    assert {rule.id: lines for rule in load_rules() if (lines := _YAML_LINE.findall(rule.fix))} == {}
