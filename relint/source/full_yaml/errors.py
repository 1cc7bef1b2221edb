"""Sentences for the errors of libyaml and PyYAML, with the text to write instead."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.source.encoding import invalid_character_error
from relint.source.limits import TOO_DEEP

if TYPE_CHECKING:
    from relint.errors import TemplateError
    from relint.source.text import SourceText

_SENTENCE_BY_PROBLEM = (
    ("maximum nesting depth", TOO_DEEP),  # libyaml's own limit of 1,000, part of PyYAML since 6.0.4
    (
        "expected a single document",
        "A second document begins here; a template is one document, so put this one into a file of its own.",
    ),
    (
        "mapping values are not allowed",
        "A ': ' is not expected here; put a value that contains one between quotes, or correct the indentation.",
    ),
    ("could not find expected ':'", "A key without ':' stands here or just before; write 'Key: value'."),
    (
        "expected key",
        "A key was expected here; indent it like the keys beside it, and put text that begins with a quote wholly "
        "between quotes.",
    ),
    ("expected <block end>", "A key was expected here; indent it like the keys beside it."),
    ("'-' indicator", "A list item was expected here; begin it with '- ' and indent it like the items beside it."),
    ("',' or ']'", "A ',' or ']' is missing here; close the list that '[' opens on line {line}."),
    ("',' or '}'", "A ',' or '}' is missing here; close the mapping that '{' opens on line {line}."),
    (
        "sequence entries are not allowed",
        "A list item cannot begin here; put '- ' on a line of its own below the key.",
    ),
    (
        "alphabetic or numeric character",
        "'*' begins an alias and '&' an anchor, and a name must follow; put a value that begins so between quotes.",
    ),
    ("undefined tag handle", "A tag has the form !Name; put a value that begins with '!' between quotes."),
    ("undefined alias", "This alias names no anchor; write '&name' at the value that it means, before the alias."),
    ("duplicate anchor", "This anchor is defined a second time; give it another name."),
    ("<document start>", "The document has ended before this text; remove the text or correct its indentation."),
    (
        "escape",
        "YAML does not know this escape; write '\\\\' for a backslash, or put the text between single quotes.",
    ),
    ("hexdecimal", "This escape lacks digits; write '\\\\' for a backslash, or put the text between single quotes."),
    (
        "expected comment or line break",
        "Only a comment may follow '|' or '>' on its line; begin the text on the next line, indented.",
    ),
    (
        "expected node content",
        "A value was expected here; write one, or put text that begins with an indicator in quotes.",
    ),
    ("expected whitespace or line break", "A blank must follow a tag; write '!Name value'."),
    ("mapping keys are not allowed", "A '? ' is not expected here; put a value that begins with one between quotes."),
    ("directive", "A '%' at the beginning of a line is no value; put the value between quotes."),
    ("indentation", "The indentation of this block is wrong; indent its first line with spaces alone."),
)


def explain(error: Exception, source: SourceText) -> TemplateError:
    """Return the TemplateError, usually with a span, for an error of PyYAML."""
    character_error = invalid_character_error(source)
    if character_error is not None:
        return character_error
    parts = (getattr(error, "context", None), getattr(error, "problem", None) or str(error))
    problem = ", ".join(part for part in parts if part)
    error_mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    if "end of stream" in problem and context is not None:
        return source.error_at("The quoted text that begins here is never closed; add the quote.", context.index)
    if error_mark is None:
        return source.error_at(f"The file is not YAML: {problem}.", None)
    character = source.text[error_mark.index : error_mark.index + 1]
    if character == "\t":
        return source.error_at("A tab stands here where YAML wants spaces; indent with spaces.", error_mark.index)
    if "cannot start any token" in problem:
        return source.error_at(f"No value begins with '{character}'; put the value between quotes.", error_mark.index)
    line = source.position_at(context.index if context else error_mark.index).line
    for problem_part, sentence in _SENTENCE_BY_PROBLEM:
        if problem_part in problem:
            return source.error_at(sentence.replace("{line}", str(line)), error_mark.index)
    return source.error_at(f"The text cannot be read as YAML from here: {problem}.", error_mark.index)
