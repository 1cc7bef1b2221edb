"""Canonical expressions, and the functions that read them."""

from __future__ import annotations

from relint.resolve.value import (
    Unknown,
    arguments_of,
    attribute_name,
    concat,
    expression_of,
    function_name,
    is_call,
    parts_of,
    referenced_id,
    references,
)

SUBNET = ("Ref", "Subnet")
ARN = ("GetAtt", "Queue", "Arn")
TEXT = ("Concat", "arn:", SUBNET)


def test_literal_is_not_a_call() -> None:
    assert not is_call("Ref", "Ref")
    assert (function_name("Ref"), arguments_of("Ref"), referenced_id("Ref")) == ("", (), None)


def test_call_has_a_name_and_arguments() -> None:
    assert is_call(ARN, "Ref", "GetAtt")
    assert (function_name(ARN), arguments_of(ARN)) == ("GetAtt", ("Queue", "Arn"))


def test_reference_names_a_resource_and_perhaps_an_attribute() -> None:
    assert (referenced_id(SUBNET), attribute_name(SUBNET)) == ("Subnet", None)
    assert (referenced_id(ARN), attribute_name(ARN)) == ("Queue", "Arn")


def test_assembled_text_has_parts_and_other_expressions_are_one_part() -> None:
    assert parts_of(TEXT) == ("arn:", SUBNET)
    assert parts_of(SUBNET) == (SUBNET,)
    assert parts_of("text") == ("text",)


def test_neighbouring_literals_are_merged() -> None:
    assert expression_of(concat(["a", "rn:", Unknown(SUBNET, "why"), ""], "why")) == TEXT


def test_references_are_collected_at_any_depth() -> None:
    assert references(("List", TEXT, ("Select", 0, ARN))) == {"Subnet", "Queue"}
