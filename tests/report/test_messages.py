from __future__ import annotations

from typing import Any

import pytest

from relint.catalog.message_template import (
    OPEN,
    SCENARIO,
    fill_placeholder,
    find_placeholders,
    render,
    select_template,
    with_numbered_placeholders,
)


def test_placeholders_are_named_once_in_order_of_appearance() -> None:
    assert find_placeholders("'{b}' and '{a}' and '{b}'") == ("b", "a")


@pytest.mark.parametrize(("value", "argument"), [("0", "0 days"), ("1", "1 day"), ("30", "30 days")])
def test_unit_agrees_with_its_number(value: str, argument: str) -> None:
    (placeholder,) = find_placeholders("It lasts {value days}.")
    assert fill_placeholder(placeholder, {"value": value}.__getitem__) == argument


def test_repeated_placeholder_is_replaced_twice() -> None:
    assert render("'{b}' and '{a}' and '{b}'", ["1", "2"]) == "'1' and '2' and '1'"


def test_braces_in_arguments_are_kept() -> None:
    assert render("'{a}' and '{b}'", ["{b}", "${AWS::Region}"]) == "'{b}' and '${AWS::Region}'"


@pytest.mark.parametrize("arguments", [pytest.param([], id="too few"), pytest.param(["1", "2"], id="too many")])
def test_wrong_number_of_arguments_is_rejected(arguments: Any) -> None:
    with pytest.raises(ValueError, match="zip"):
        render("'{a}'", arguments)


def test_numbers_follow_the_order_of_the_arguments() -> None:
    assert with_numbered_placeholders("'{b}' and '{a}' and '{b}'") == "'{0}' and '{1}' and '{0}'"


def test_suffix_adds_the_scenario() -> None:
    assert select_template({"default": "'{a}' fails."}, "default-when") == "'{a}' fails." + SCENARIO


def test_open_is_an_id_of_every_rule() -> None:
    assert select_template({"default": "'{a}' fails."}, "open") == OPEN


def test_message_id_of_a_rule_is_used_as_it_is() -> None:
    assert select_template({"default": "x", "open": "own.", "now-when": "also own."}, "now-when") == "also own."
    assert select_template({"default": "x", "open": "own."}, "open") == "own."


def test_unknown_message_id_is_rejected() -> None:
    with pytest.raises(KeyError):
        select_template({"default": "x"}, "other")
