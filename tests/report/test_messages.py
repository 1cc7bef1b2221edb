from __future__ import annotations

import pytest

from relint.catalog.message_template import OPEN, SCENARIO, fill, numbered, placeholders, template_of


def test_placeholders_are_named_once_in_order_of_appearance():
    assert placeholders("'{b}' and '{a}' and '{b}'") == ("b", "a")


def test_a_placeholder_that_stands_twice_is_filled_twice():
    assert fill("'{b}' and '{a}' and '{b}'", ["1", "2"]) == "'1' and '2' and '1'"


def test_braces_in_arguments_are_left_alone():
    assert fill("'{a}' and '{b}'", ["{b}", "${AWS::Region}"]) == "'{b}' and '${AWS::Region}'"


@pytest.mark.parametrize("arguments", [pytest.param([], id="too few"), pytest.param(["1", "2"], id="too many")])
def test_a_wrong_number_of_arguments_is_refused(arguments):
    with pytest.raises(ValueError, match="zip"):
        fill("'{a}'", arguments)


def test_numbers_follow_the_order_of_the_arguments():
    assert numbered("'{b}' and '{a}' and '{b}'") == "'{0}' and '{1}' and '{0}'"


def test_a_suffix_adds_the_scenario():
    assert template_of({"default": "'{a}' fails."}, "default-when") == "'{a}' fails." + SCENARIO


def test_open_is_an_id_of_every_rule():
    assert template_of({"default": "'{a}' fails."}, "open") == OPEN


def test_an_id_that_a_rule_has_is_taken_literally():
    assert template_of({"default": "x", "open": "own.", "now-when": "also own."}, "now-when") == "also own."
    assert template_of({"default": "x", "open": "own."}, "open") == "own."


def test_an_unknown_id_is_refused():
    with pytest.raises(KeyError):
        template_of({"default": "x"}, "other")
