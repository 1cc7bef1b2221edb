"""Templates as authors may write them, with other line breaks, comments everywhere, anchors, quotes and brackets."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator

import yaml

from relint.source.read import read_document
from tests.properties.template_text import as_yaml

Rewriting = Callable[[str, random.Random], str]
_KEY = re.compile(r"""^(?P<indent> *(?:- +)*)(?P<key>[A-Za-z][\w:]*):(?= |$)""", re.MULTILINE)
_SCALAR = re.compile(r"""(?<=: )(?P<value>[A-Za-z0-9][\w.]*)$""", re.MULTILINE)


def _numbers() -> Iterator[int]:
    number = 0
    while True:
        yield (number := number + 1)


def lines_without_blocks(text: str) -> list[tuple[str, bool]]:
    """The lines, each with whether a comment may stand behind it: not in or above a block scalar or an open quote."""
    result: list[tuple[str, bool]] = []
    depth: int | None = None
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if depth is not None and (not line.strip() or indent > depth):
            result.append((line, False))
            continue
        is_block = re.search(r"[|>][+-]?\d?\s*(?:#.*)?$", line) is not None
        depth = indent if is_block else None
        is_odd = is_block or not line.strip() or line.count('"') % 2 or line.count("'") % 2 or line.startswith("%")
        result.append((line, not is_odd))
    return result


def comments_behind_lines(text: str, _: random.Random) -> str:
    numbers = _numbers()
    pairs = lines_without_blocks(text)
    return "\n".join(f"{line}  # behind {next(numbers)} é🐘" if is_free else line for line, is_free in pairs)


def comments_between_lines(text: str, choice: random.Random) -> str:
    numbers = _numbers()
    lines: list[str] = []
    for line, is_free in lines_without_blocks(text):
        if is_free and (not lines or lines[-1].lstrip().startswith("#") or choice.random() < 0.7):
            indent = choice.choice([0, len(line) - len(line.lstrip(" ")), 3])
            lines.append(f"{' ' * indent}# above {next(numbers)}: [x, y] {{}} & * '")
        lines.append(line)
    return "\n".join(lines)


def blank_lines(text: str, choice: random.Random) -> str:
    return "\n".join(
        f"{choice.choice(['', '', '   ', chr(10)])}\n{line}" if is_free and choice.random() < 0.3 else line
        for line, is_free in lines_without_blocks(text)
    )


def trailing_blanks(text: str, choice: random.Random) -> str:
    return "\n".join(
        line + choice.choice(["", " ", "\t", "  \t"]) if is_free else line
        for line, is_free in lines_without_blocks(text)
    )


def quoted_keys(text: str, choice: random.Random) -> str:
    return _KEY.sub(lambda match: f"{match['indent']}{choice.choice(QUOTES).format(match['key'])}:", text)


def quoted_values(text: str, choice: random.Random) -> str:
    return _SCALAR.sub(lambda match: choice.choice(QUOTES).format(match["value"]), text)


QUOTES = ("{}", '"{}"', "'{}'")


def unused_anchors(text: str, choice: random.Random) -> str:
    """Anchors that nothing refers to, behind keys and before values."""
    numbers = _numbers()
    return re.sub(
        r"(?<=\w:) (?=[A-Za-z0-9])|(?<=\w:)$",
        lambda match: f" &a{next(numbers)}{match[0]}" if choice.random() < 0.2 else match[0],
        text,
        flags=re.MULTILINE,
    )


def wide_indentation(text: str, _: random.Random) -> str:
    return re.sub(r"^ +", lambda match: match[0] * 2, text, flags=re.MULTILINE)


def long_line(text: str, _: random.Random) -> str:
    return f"# {'long 🐘 ' * 3000}\n{text}"


def document_marks(text: str, _: random.Random) -> str:
    return f"--- # begin\n{text.rstrip(chr(10))}\n...\n"


def without_last_line_break(text: str, _: random.Random) -> str:
    return text.rstrip("\n")


def crlf(text: str, _: random.Random) -> str:
    return text.replace("\n", "\r\n")


def cr(text: str, _: random.Random) -> str:
    return text.replace("\n", "\r")


def mixed_line_breaks(text: str, choice: random.Random) -> str:
    return re.sub("\n", lambda _: choice.choice(["\n", "\r\n"]), text)


def written_anew(text: str, _: random.Random) -> str:
    """YAML as a program writes it."""
    return as_yaml(read_document(text, "a.yaml").data)


def flow(text: str, choice: random.Random) -> str:
    """YAML in which some mappings and lists stand between brackets."""

    class Dumper(yaml.SafeDumper):
        def serialize_node(self, node: yaml.Node, parent: yaml.Node | None, index: object) -> None:
            if isinstance(node, yaml.CollectionNode):
                node.flow_style = choice.random() < 0.3
            super().serialize_node(node, parent, index)

    data = json.loads(json.dumps(read_document(text, "a.yaml").data))
    return str(yaml.dump(data, Dumper=Dumper, width=60, allow_unicode=True, sort_keys=choice.random() < 0.5))


def with_aliases(text: str, _: random.Random) -> str:
    """YAML in which equal mappings and lists are written once and shared."""
    known: dict[str, object] = {}

    def shared(value: object) -> object:
        if isinstance(value, dict):
            value = {key: shared(item) for key, item in value.items()}
        elif isinstance(value, list):
            value = [shared(item) for item in value]
        return known.setdefault(json.dumps(value), value) if isinstance(value, dict | list) and value else value

    return str(yaml.safe_dump(shared(json.loads(json.dumps(read_document(text, "a.yaml").data))), sort_keys=False))


def with_merge_keys(text: str, choice: random.Random) -> str:
    """YAML in which some mappings take some of their members from an anchor."""
    data = json.loads(json.dumps(read_document(text, "a.yaml").data))
    bases: list[dict[str, object]] = []

    def merged(value: object, depth: int) -> object:
        if isinstance(value, list):
            return [merged(item, depth + 1) for item in value]
        if not isinstance(value, dict):
            return value
        members = {key: merged(item, depth + 1) for key, item in value.items()}
        if depth < 2 or len(members) < 2 or choice.random() < 0.5:
            return members
        taken = choice.sample(sorted(members), choice.randint(1, len(members) - 1))
        bases.append({key: members.pop(key) for key in taken})
        own = list(members.items())
        own.insert(choice.randint(0, len(own)), ("<<", bases[-1]))
        return dict(own)

    merged_data = merged(data, 0)
    return str(yaml.safe_dump({"Metadata": {"Bases": bases}, **merged_data}, sort_keys=False)).replace("'<<':", "<<:")  # type: ignore[dict-item]


def json_lines(text: str, choice: random.Random) -> str:
    data = read_document(text, "a.yaml").data
    return json.dumps(data, indent=choice.choice(["  ", "    ", "\t", " "]), ensure_ascii=choice.random() < 0.5)


def json_in_one_line(text: str, choice: random.Random) -> str:
    data = read_document(text, "a.yaml").data
    return json.dumps(data, separators=choice.choice([(",", ":"), (", ", ": ")]))


def json_in_odd_form(text: str, choice: random.Random) -> str:
    """JSON whose commas and colons stand in unusual places."""
    data = json_lines(text, choice)
    return re.sub(
        r",\n(\s*)",
        lambda match: choice.choice([match[0], f"\n{match[1]}, ", f" ,\n\n{match[1]}", ", "]),
        data,
    )


STRUCTURES: tuple[Rewriting, ...] = (written_anew, flow, with_aliases, with_merge_keys)
STYLES: tuple[Rewriting, ...] = (
    wide_indentation,
    quoted_keys,
    quoted_values,
    unused_anchors,
    trailing_blanks,
    comments_behind_lines,
    comments_between_lines,
    blank_lines,
    long_line,
    document_marks,
    without_last_line_break,
)
"""Ways to write YAML, in the order in which they are applied."""
JSON: tuple[Rewriting, ...] = (json_lines, json_in_one_line, json_in_odd_form)
LINE_BREAKS: tuple[Rewriting, ...] = (crlf, cr, mixed_line_breaks)


def rewrite(text: str, choice: random.Random) -> tuple[str, list[str]]:
    """Return a template written in another way, and the names of the ways."""
    ways: list[Rewriting] = []
    if choice.random() < 0.25:
        ways.append(choice.choice(JSON))
    else:
        ways += [way for way in STRUCTURES if choice.random() < 0.2]
        ways += [way for way in STYLES if choice.random() < 0.3]
    if choice.random() < 0.3:
        ways.append(choice.choice(LINE_BREAKS))
    for way in ways:
        text = way(text, choice)
    return text, [way.__name__ for way in ways]
