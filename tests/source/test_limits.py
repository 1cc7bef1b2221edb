"""Texts that are too large, too deep, or grow without bound are rejected soon."""

from __future__ import annotations

import time

import pytest

from relint.discover.limits import MAX_TEMPLATE_BYTES
from relint.source.read import read_document
from tests.helpers.command_line import run_python
from tests.helpers.errors import error_of


def test_large_text_is_rejected() -> None:
    assert f"{MAX_TEMPLATE_BYTES:,}" in error_of("a" * (MAX_TEMPLATE_BYTES + 1), "t.yaml").message


BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{level}: &a{level} [{','.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 10)
)


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "a: &a {"
        + ",".join(f"k{i}: 1" for i in range(2000))
        + "}\n"
        + "".join(f"b{i}: {{<<: *a}}\n" for i in range(2000)),
    ],
    ids=["aliases of aliases", "merges of a large mapping"],
)
def test_alias_bomb_is_rejected_at_once(text: str) -> None:
    began = time.process_time()
    error = error_of(text, "t.yaml")
    assert time.process_time() - began < 1
    assert "1,000,000" in error.message
    assert error.span is not None


def test_aliases_may_be_used_often() -> None:
    text = "Tags: &tags [{Key: a, Value: b}]\n" + "".join(f"R{i}: {{Tags: *tags}}\n" for i in range(1000))
    assert len(read_document(text, "t.yaml").data) == 1001


def test_depth_counts_through_aliases() -> None:
    text = "a0: &a0 [1]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 250))
    assert "200 levels" in error_of(text, "t.yaml").message


def test_nesting_deeper_than_two_hundred_levels_is_rejected() -> None:
    for file in ("t.json", "t.yaml"):
        read_document("[" * 200 + "]" * 200, file)
        assert error_of("[" * 201 + "]" * 201, file).message.startswith("The document is nested more than 200")
    read_document("a: " + "!Not [" * 99 + "]" * 99, "t.yaml")
    error_of("a: " + "!Not [" * 100 + "]" * 100, "t.yaml")


DEEP = {
    "JSON": ("t.json", "'[' * 3000 + ']' * 3000"),
    "JSON objects": ("t.json", """'{"a":' * 100000"""),
    "flow lists": ("t.yaml", "'[' * 100000"),
    "flow mappings": ("t.yaml", "'{a: ' * 100000"),
    "pairs in flow lists": ("t.yaml", "'[a: ' * 100000"),
    "indented mappings": ("t.yaml", r"'\n'.join(' ' * i + 'a:' for i in range(3000))"),
    "indented mappings with CR": ("t.yaml", r"'\r'.join(' ' * i + 'a:' for i in range(2000))"),
    "lists on one line": ("t.yaml", "'- ' * 100000"),
    "complex keys": ("t.yaml", "'? ' * 100000"),
    "behind ${": ("t.yaml", "'a: ${ ${ ' + '\\nb: ' + '[' * 100000"),
}


@pytest.mark.parametrize(("file", "expression"), DEEP.values(), ids=DEEP.keys())
def test_deep_nesting_is_an_error_even_with_a_small_stack(file: str, expression: str) -> None:
    """Run in another process, because the C composer would crash this one."""
    program = f"""
import threading
from relint.errors import TemplateError
from relint.source.read import read_document
def work():
    try:
        read_document({expression}, {file!r})
    except TemplateError as error:
        print(error.message, error.span is not None)
threading.stack_size(512 * 1024)
thread = threading.Thread(target=work)
thread.start()
thread.join()
"""
    result = run_python("-c", program, seconds=20)
    assert result.stdout.startswith("The document is nested more than 200 levels deep"), result.stderr
    assert result.stdout.endswith("True\n")
    assert result.exit_code == 0
