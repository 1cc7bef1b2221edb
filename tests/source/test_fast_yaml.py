"""The fast reader of YAML agrees with libyaml or declines the text."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from relint.catalog.examples import read_examples
from relint.catalog.loader import builtin_rules_directory, find_rule_files
from relint.source.fast_yaml.reader import try_read_yaml
from relint.source.text import SourceText
from tests.helpers.command_line import run_python
from tests.helpers.compare_readers import is_supported
from tests.helpers.paths import ROOT

STORIES = sorted((ROOT / "fixtures").rglob("*.yaml"))
EXAMPLES = [example.template for file in find_rule_files(builtin_rules_directory()) for example in read_examples(file)]
SUPPORTED = {
    "block collections": "A:\n  - x\n  - b: 1\n    c:\nB:\n- - y\n  - z\n-\n",
    "a list at the column of its key": "A:\n- x\n-\n- b:\n  - y\nC: d\n",
    "tags": "A: !Ref B\nC: !GetAtt D.E.F\nG: !GetAZs\nH: !If\n  - I\n  - !Sub '${J}'\n  - !Ref AWS::NoValue\n",
    "values on lines of their own": "A:\n  !Ref B\nC:\n  'd'\nE:\n  !Sub\n    f\nG:\n  [h]\nI:\n  ~\n",
    "flow collections": "A: [b, 'c', \"d\", !Ref E, {F: g, 'h': [i]}, ]\nJ: !Join ['', [\n  k,\n  l]]  # m\nN: {}\n",
    "block scalars": "A: |\n  b\n\n    c\n\nD: >-\n\n  e\n  f\n\n  g\nH: !Sub |+\n  i\n\nJ:\n  - |-\n   k\n",
    "comments": "# a\nA: b # c\n  # d\nE: # f\n  - g#h # i\n  #\n  - 'j' # k\n",
    "words with a meaning": "A: yes\nB: 0123\nC: 1:30\nD: null\nE: -1.5e+3\nF: ~\nG: 2010-09-09\nH: '7'\nI: !Ref 7\n",
    "keys": "'a b': 1\n\"c\": 2\nGET /x/{id}: 3\nFn::If: 4\naws:x:y: 5\n? : 6\n"[:-6],
    "a mark at the beginning": "# a\n---\nA: b\n",
    "escapes": "A: \"b\\\"c\\\\d\\n\"\nE: 'f''g'\n",
    "no line feed at the end": "A: b",
    "letters of other scripts": "Größe: 'naïve — 値'\nA: é  # ü\n",
}
UNSUPPORTED = {
    "anchors": "A: &a b\nC: *a\n",
    "merge keys": "A: b\n<<: {c: d}\n",
    "the same key twice": "A: b\nA: c\n",
    "a text over two lines": "A: b\n  c\n",
    "another document": "A: b\n---\nC: d\n",
    "the end of the document": "A: b\n...\n",
    "tabs": "A:\tb\n",
    "carriage returns": "A: b\r\n",
    "tags of YAML": "A: !!str 1\n",
    "a colon in a plain text": "A: b: c\n",
    "a mapping in a mapping": "A: b\n B: c\n",
    "brackets that stay open": "A: [b\n",
    "indentation to nowhere": "A:\n    b: c\n  d: e\n",
    "escapes by number": 'A: "\\x41"\n',
    "an alone standing text": "abc\n",
    "nothing": "",
    "nesting that never ends": "".join(f"{' ' * depth}a:\n" for depth in range(1000)),
}
BITS = ": |:| #|#|- |-|!|!Ref |\"|'|[|]|{|}|,|>|  | |\n|*a|&a |<<|?|%|@|`|~|---\n|...\n|\\|\t|\r|é|\u2028|\x85|null|0x1"
ODD = [
    *BITS.split("|"),
    "a: b\n",
    "- a\n",
    "|",
    "|-",
    ">+",
    '"\\x41"',
    "''",
    "!Select [0, a]\n",
    "{Ref: A}",
    "!If\n",
    "? a\n",
    "<<: {a: b}\n",
    "- - x\n",
]


@pytest.mark.parametrize("text", SUPPORTED.values(), ids=SUPPORTED)
def test_common_yaml_is_read_without_libyaml(text: str) -> None:
    assert is_supported(text)


@pytest.mark.parametrize("text", UNSUPPORTED.values(), ids=UNSUPPORTED)
def test_uncommon_yaml_is_read_by_libyaml(text: str) -> None:
    assert not is_supported(text)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.parent.name}-{story.stem}")
def test_fixtures_are_read_by_the_fast_reader(story: Path) -> None:
    assert is_supported(story.read_text(encoding="utf-8"))


def test_nearly_all_examples_are_read_by_the_fast_reader() -> None:
    sure = sum(map(is_supported, EXAMPLES))
    assert sure > 0.95 * len(EXAMPLES)


def test_both_readers_agree_on_changed_templates() -> None:
    chance = random.Random(7)
    for _ in range(1500):
        lines = chance.choice(EXAMPLES).split("\n")
        for _ in range(chance.randrange(1, 4)):
            number = chance.randrange(len(lines))
            line = lines[number]
            column = chance.choice([0, len(line), len(line) - len(line.lstrip()), chance.randrange(len(line) + 1)])
            way = chance.random()
            if way < 0.6:
                lines[number] = line[:column] + chance.choice(ODD) + line[column:]
            elif way < 0.8:
                lines[number] = line[:column] + line[column + 1 :]
            elif way < 0.9:
                lines.insert(number, chance.choice(lines))
            elif len(lines) > 1:
                del lines[number]
        is_supported("\n".join(lines))


@pytest.mark.parametrize(
    "text",
    ["- " * 1_000_000, "A: '" + "''" * 500_000 + "'", 'A: "' + "b" * 1_000_000, "A: [" + "a: " * 300_000, "A: |\n" * 2],
    ids=["dashes", "quotes", "no end", "brackets", "block scalars"],
)
def test_hostile_lines_are_read_in_linear_time(text: str) -> None:
    began = time.process_time()
    try_read_yaml(SourceText("a.yaml", text))
    assert time.process_time() - began < 1


def test_run_does_not_import_pyyaml() -> None:
    file = ROOT / "fixtures" / "available-web" / "template.yaml"
    program = (
        f"import sys, relint; assert relint.check({str(file)!r}, config=None).templates; print('yaml' in sys.modules)"
    )
    for _ in range(2):  # the first run may compile the rules into the cache
        result = run_python("-c", program)
    assert result.stdout.strip() == "False"
