"""Comments that suppress findings."""

from __future__ import annotations

import pytest

from relint.source.inline_suppressions import InlineSuppression
from relint.source.location import Position, Span
from relint.source.read import read_document


def read_suppressions(text: str) -> tuple[InlineSuppression, ...]:
    return read_document(text, "t.yaml").inline_suppressions


def test_comment_after_a_value_applies_to_its_line() -> None:
    [suppression] = read_suppressions("a: 1\nb: 2  # relint: ignore[RDS-701, s3-versioning] a scratch copy  \nc: 3\n")
    expected = Span(Position(2, 7), Position(2, 62))
    assert suppression == InlineSuppression(("RDS-701", "s3-versioning"), "a scratch copy", expected, (2,))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CR LF"])
def test_comment_on_its_own_line_applies_to_the_next_line_with_content(line_end: str) -> None:
    text = "a:\n  # relint: ignore[A-1] one\n  # relint: ignore[B-2]: two\n\n  # why\n  b: 2\n"
    first, second = read_suppressions(text.replace("\n", line_end))
    assert (first.selectors, first.reason, first.lines) == (("A-1",), "one", (2, 6))
    assert (second.selectors, second.reason, second.lines) == (("B-2",), "two", (3, 6))


def test_comment_at_the_end_of_the_file_applies_to_its_own_line() -> None:
    assert [suppression.lines for suppression in read_suppressions("a: 1\n# relint: ignore[A-1] x")] == [(2,)]
    assert [suppression.lines for suppression in read_suppressions("a: 1\n# relint: ignore[A-1] x\n\n")] == [(2,)]


@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  #!/bin/sh\n  # relint: ignore[A-1] in a script\n  x\nb: 1\n",
        "a: !Sub >\n  # relint: ignore[A-1] in a script\n",
        "a: 'x # relint: ignore[A-1] y'\n",
        'a: "x\n  # relint: ignore[A-1] y"\n',
        "'# relint: ignore[A-1] y': 1\n",
        "a: x#relint: ignore[A-1]\n".replace(": ignore", ":ignore"),
        "a: {b: [1, '# relint: ignore[A-1] y']}\n",
    ],
    ids=["literal", "folded with tag", "single quotes", "double quotes", "key", "within a word", "flow"],
)
def test_number_sign_inside_a_value_is_not_a_comment(text: str) -> None:
    assert read_suppressions(text) == ()


def test_comments_around_a_block_scalar_are_read() -> None:
    text = "a: |  # relint: ignore[A-1] above\n  text\n# relint: ignore[B-2] below\nb: 1\n"
    assert [(suppression.selectors, suppression.lines) for suppression in read_suppressions(text)] == [
        (("A-1",), (1,)),
        (("B-2",), (3, 4)),
    ]


def test_comment_inside_a_flow_mapping_is_read() -> None:
    [suppression] = read_suppressions("a: {b: 1,  # relint: ignore[A-1] x\n  c: 2}\n")
    assert suppression.lines == (1,)


@pytest.mark.parametrize(
    "comment",
    ["ignore RDS-701", "ignore[]", "ignore[ , ]", "ignore[RDS-701", "ingore[RDS-701] typo", ""],
    ids=["no brackets", "empty", "only a comma", "not closed", "misspelt", "nothing"],
)
def test_malformed_comment_has_a_problem(comment: str) -> None:
    [suppression] = read_suppressions(f"a: 1 # relint: {comment}\n")
    assert suppression.selectors == ()
    assert suppression.problem == "it must read '# relint: ignore[RDS-701] reason'"


def test_comment_without_reason_has_an_empty_one() -> None:
    assert read_suppressions("a: 1 # relint:ignore[A-1]\n")[0].reason == ""
