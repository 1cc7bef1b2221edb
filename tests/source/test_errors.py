"""Errors in templates name the line and the remedy."""

from __future__ import annotations

import pytest

from relint.source.read import read_document
from tests.helpers.errors import error_of


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("a:\n\tb: 1", (2, 1), "indent with spaces"),
        ("a: 1\n---\nb: 2", (2, 1), "a file of its own"),
        ("a: b: c", (1, 5), "between quotes"),
        ("a: [1, 2\nb: 3", (2, 2), "'[' opens on line 1"),
        ("a: 1\nb: {c: 1\nd: 3", (3, 2), "'{' opens on line 2"),
        ("a: 1\nb: 'x\nc: 1", (2, 4), "add the quote"),
        ("a: @x", (1, 4), "No value begins with '@'"),
        ("a: *", (1, 5), "between quotes"),
        ("a: - b", (1, 4), "a line of its own"),
        ("a: 1\nb: *x", (2, 4), "write '&name'"),
        ("a: &x 1\nb: &x 2", (2, 4), "another name"),
        ("a: 1\nfoo\nb: 2", (3, 1), "Key: value"),
        ("a:\n  - 1\n b: 2", (3, 2), "indent"),
        ('a: "\\q"', (1, 5), "write '\\\\'"),
        ("? [a]\n: b", (1, 3), "cannot be a key"),
        ("a: {<<: 3}", (1, 5), "merges a mapping"),
        ("a: &a [*a]", (1, 4), "alias to itself"),
        ("a: 1\nb: x\0", (2, 5), "U+0000"),
        ("a: \ud800", (1, 4), "U+D800"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_yaml_error_names_the_line_and_the_remedy(text: str, position: tuple[int, int], words: str) -> None:
    error = error_of(text, "t.yaml")
    assert words in error.message
    assert error.file == "t.yaml"
    assert error.span is not None
    assert (error.span.start.line, error.span.start.column) == position


@pytest.mark.parametrize(
    ("text", "column", "sentence"),
    [
        ("a: !x!y z", 4, "A tag has the form !Name; put a value that begins with '!' between quotes."),
        ("a: !b[ 1", 6, "A blank must follow a tag; write '!Name value'."),
        ("{a: 1} b", 8, "The document has ended before this text; remove the text or correct its indentation."),
        (
            'a: "\\xZZ"',
            7,
            "This escape lacks digits; write '\\\\' for a backslash, or put the text between single quotes.",
        ),
        ("a: | x", 6, "Only a comment may follow '|' or '>' on its line; begin the text on the next line, indented."),
        ("a: [1,,2]", 7, "A value was expected here; write one, or put text that begins with an indicator in quotes."),
        ("a: ? b", 4, "A '? ' is not expected here; put a value that begins with one between quotes."),
        ("%a", 3, "A '%' at the beginning of a line is no value; put the value between quotes."),
        ("a: |0\n b", 5, "The indentation of this block is wrong; indent its first line with spaces alone."),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_yaml_error_is_a_sentence(text: str, column: int, sentence: str) -> None:
    error = error_of(text, "t.yaml")
    assert error.message == sentence
    assert error.span is not None
    assert (error.span.start.line, error.span.start.column) == (1, column)


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ('{"a": 1,}', (1, 8), "comma"),
        ('{"a": [1,\n]}', (1, 9), "comma"),
        ("{'a': 1}", (1, 2), "double quotes"),
        ('{"a": 1 // x\n}', (1, 9), "no comments"),
        ('{"a": "NaN",\n"b": NaN}', (2, 6), "no NaN"),
        ('{"a": -Infinity}', (1, 7), "no -Infinity"),
        ('{"a": "b}', (1, 7), "never closed"),
        ('{"a": 1', (1, 8), "too early"),
        ('{"a": 1\n "b": 2}', (2, 2), "comma is missing"),
        ('{"a" 1}', (1, 6), "':' is missing"),
        ('{"a": 1}}', (1, 9), "remove"),
        ('{"a": "\\d"}', (1, 8), "backslash"),
        ('{"a": "x\ny"}', (1, 9), "\\n"),
        ('{"a": 1, "b": ' + "9" * 5000 + "}", (1, 15), "digits"),
        ('{"a\0": 1}', (1, 4), "U+0000"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_json_error_names_the_line_and_the_remedy(text: str, position: tuple[int, int], words: str) -> None:
    error = error_of(text, "t.json")
    assert words in error.message
    assert error.span is not None
    assert (error.span.start.line, error.span.start.column) == position


def test_flow_mapping_is_yaml_unless_the_file_ends_in_json() -> None:
    assert read_document("{a: 1}", "t.template").data == {"a": 1}
    assert read_document("{a: 1}", "t.template").language == "yaml"
    assert read_document('{"a": 1}', "t.yaml").language == "json"
    assert "double quotes" in error_of("{a: 1}", "t.JSON").message


def test_error_is_about_the_language_that_the_text_resembles() -> None:
    assert "comma is missing" in error_of('{"a": 1 "b": 2}', "t.template").message
    assert "'[' opens" in error_of("{a: [1}", "t.template").message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(("text", "file"), [("a: é", "t.yaml"), ('{"a": "é"}', "t.json")], ids=["YAML", "JSON"])
def test_encodings_with_a_byte_order_mark_are_read(encoding: str, text: str, file: str) -> None:
    document = read_document(text.encode(encoding), file)
    assert document.data == {"a": "é"}
    assert document.text == text


@pytest.mark.parametrize(
    ("raw", "line", "words"),
    [
        (b"a: 1\nb: caf\xe9\n", 2, "Byte 11 (on line 2) is 0xe9"),
        (b"\xff\xfea\0:", 1, "UTF-16"),
        ("a: b".encode("utf-16-le"), 1, "U+0000"),
    ],
    ids=["Latin-1", "half a UTF-16 character", "UTF-16 without mark"],
)
def test_other_encodings_are_rejected(raw: bytes, line: int, words: str) -> None:
    error = error_of(raw, "t.yaml")
    assert words in error.message
    assert "save the file as UTF-8" in error.message
    assert error.span is not None
    assert error.span.start.line == line
