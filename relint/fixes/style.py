"""The style in which an author writes a template: indentation, lists, quotes, line breaks, short tags."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from relint._typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from relint.source.document import Document

_MEMBER = re.compile(r"""^(?P<indent> *)(?:- +)*[^\s#'"&*!%@`{}\[\]-][^#\r\n]*:[ \t]*(?:#[^\r\n]*)?$""", re.MULTILINE)
_NEXT_LINE = re.compile(r"(?:\r\n?|\n)(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n))*(?P<indent>[ \t]*)(?P<item>- )?(?=[^\s#])")
_QUOTED = re.compile(r"""(?:: +|^ *(?:- +)?)(['\"])""", re.MULTILINE)
_KEY = re.compile(r"""^ *(?:- +)?(?P<quote>['"]?)(?P<text>[A-Z]\w*)(?P=quote):(?= |$)""", re.MULTILINE)
_VALUE = re.compile(
    r"""(?:\w['"]?:|-) +(?P<quote>['"]?)(?P<text>[A-Za-z][\w.:-]*)(?P=quote)[ \t]*(?:#|$)""", re.MULTILINE
)
_NO_TEXTS = ("true", "false", "null")
_LONG_FUNCTION = re.compile(r"^\s*(?:- )?['\"]?(?:Ref|Fn::\w+)['\"]?:", re.MULTILINE)
_SHORT_TAG = re.compile(r"(?:[:\-,\[]|^)\s+!(?:Ref|Sub|GetAtt|If|Join|Select|FindInMap|ImportValue|GetAZs)\b")
_JSON_COLON = re.compile(r""""[\w.:-]+"([ \t]*:[ \t]*)[^\s:]""")
_JSON_COMMA = re.compile(r"""["\]}\w](,[ \t]*)["{\[]""")
_BRACE = re.compile(r"(?<=[\s:,\[])\{([ \t]*)[^\s}]")
_BRACKET = re.compile(r"(?<=[\s:,\[])\[([ \t]*)[^\s\]]")
_CALL_ON_A_LINE = re.compile(r"""\{([ \t]*[\r\n]?)\s*"(?:Ref|Fn::\w+)"[ \t]*:""")
_MEMBERS_READ = 200
"""Members from which the style is read; the style of a template does not change within it."""


class Style(NamedTuple):
    """The style of a text: `step` is what a level adds, `indents_items` whether lists stand deeper than their key.

    `quotes_keys` and `quotes_values`: whether texts are in quotes that would need none. `comma` and `colon` stand
    between brackets; `in_braces` and `in_brackets` are the blanks at both ends there. `has_calls_on_a_line`: whether
    JSON on lines has the call of a function on one of them.
    """

    line_break: str
    step: str
    indents_items: bool
    quote: str
    quotes_keys: bool
    quotes_values: bool
    has_short_tags: bool
    comma: str
    colon: str
    in_braces: str
    in_brackets: str
    has_calls_on_a_line: bool


def read_style(document: Document) -> Style:
    """Return the style of a template; where its text shows none, that of AWS's own examples."""
    text = document.source.text
    line_break = re.search(r"\r\n?|\n", text)
    steps: Counter[str] = Counter()
    items: Counter[bool] = Counter()
    if document.language == "json":
        for match in _json_steps(text):
            steps[match] += 1
    else:
        for number, member in enumerate(_MEMBER.finditer(text)):
            following = _NEXT_LINE.match(text, member.end())
            if number == _MEMBERS_READ:
                break
            if following is None:
                continue
            more = len(following["indent"]) - len(member["indent"])
            if following["item"]:
                items[more > 0] += 1
            elif 0 < more <= 8 and "- " not in member[0]:
                steps[" " * more] += 1
    quotes = Counter(_QUOTED.findall(text))
    colon = _most_common(_JSON_COLON, text, ": ") if document.language == "json" else ": "
    return Style(
        line_break=line_break[0] if line_break else "\n",
        step=steps.most_common(1)[0][0] if steps else "  ",
        indents_items=items[True] >= items[False],
        quote='"' if document.language == "json" or quotes['"'] >= quotes["'"] else "'",
        quotes_keys=_are_mostly_quoted(_KEY, text),
        quotes_values=_are_mostly_quoted(_VALUE, text),
        has_short_tags=document.language == "yaml"
        and (bool(_SHORT_TAG.search(text)) or not _LONG_FUNCTION.search(text)),
        comma=_most_common(_JSON_COMMA, text, "," if colon == ":" else ", ") if document.language == "json" else ", ",
        colon=colon,
        in_braces=_most_common(_BRACE, text, ""),
        in_brackets=_most_common(_BRACKET, text, ""),
        has_calls_on_a_line=_most_common(_CALL_ON_A_LINE, text, "\n")[-1:] not in ("\n", "\r"),
    )


def _most_common(pattern: re.Pattern[str], text: str, otherwise: str) -> str:
    """Return what a pattern finds most often, with one blank in place of several."""
    found = Counter(re.sub(r"[ \t]+", " ", blanks) for blanks in pattern.findall(text))
    return found.most_common(1)[0][0] if found else otherwise


def _are_mostly_quoted(pattern: re.Pattern[str], text: str) -> bool:
    """Whether most texts that a pattern finds, and not just a few, have quotes."""
    found = [bool(match["quote"]) for match in pattern.finditer(text) if match["text"] not in _NO_TEXTS]
    return sum(found) >= 3 and len(found) < 2 * sum(found)


def _json_steps(text: str) -> list[str]:
    """Return what the first lines of JSON add to the line before them."""
    indents = [match[1] for match in re.finditer(r"^([ \t]*)\S", text[:20_000], re.MULTILINE)]
    return [
        after[len(before) :]
        for before, after in pairwise(indents)
        if after.startswith(before) and len(after) > len(before)
    ]
