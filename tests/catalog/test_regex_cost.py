"""Regular expressions of rules have a bound on their time for any text."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relint.api import load_rules
from relint.catalog.loader import load_rule_files
from relint.catalog.regex_cost import LENGTHS, PatternError, max_safe_length
from relint.errors import RuleError
from tests.helpers.check_rule import check_one
from tests.helpers.rules import rule_text

EXPONENTIAL = (
    "(a+)+$",
    "(a|aa)+$",
    "(.*)*x",
    "(a|a?)*b",
    r"^(\w+\s?)*$",
    "a*a*a*a*a*b",
    "(x+x+)+y",
    "(a?){30}a{30}",
    "a?" * 25 + "a" * 25,
    r"^(([a-zA-Z0-9])+\.?)+@x",
    "(.*?,){11}P",
    "(a{1,10}){1,10}b",
    "(?:a|b|ab)*c",
    "((a*)*)*b",
    "(?s).*a.*b.*c",
    "(?=(a+)+$)b",
    "(?<!x)(a+)+$",
    "(?i)(a|A[bB])*(aB)*(ab)*c",
    "(?i:(k|\u212a)+)+x",
    "(\\d+|[0-9a-f]+)+x",
    "(a|)+b",
    "(" * 3_000 + "a" + ")" * 3_000,
)
SIMPLE = (r"^P(T?(0+[A-Z])+)$", "^arn:[^:]+:kinesis:", "(foo|far)+x", "([a-z]+-)*x", "(?:(?!foo).)*bar", r"\s+$")


def regex_rule(test: str, pattern: str) -> str:
    return rule_text(
        f"assert:\n  - {{path: $.Properties.QueueName, {test}: {pattern}}}\n", resources=["AWS::SQS::Queue"]
    )


@pytest.mark.parametrize("pattern", EXPONENTIAL, ids=lambda pattern: pattern[:20])
def test_exponential_regex_is_rejected(pattern: str) -> None:
    with pytest.raises(PatternError):
        max_safe_length(pattern)


@pytest.mark.parametrize("pattern", [r"(a+)\1", "(?P<x>a)?(?(x)b|c)", "(?:(?P<x>a)?(?(x)b|c))*"])
def test_unbounded_regex_is_rejected(pattern: str) -> None:
    with pytest.raises(PatternError, match="no bound of time; write it without"):
        max_safe_length(pattern)


@pytest.mark.parametrize("pattern", SIMPLE)
def test_simple_regex_is_accepted(pattern: str) -> None:
    assert max_safe_length(pattern) in LENGTHS


def test_regexes_of_builtin_rules_are_accepted() -> None:
    assert len(load_rules()) > 200
    assert max_safe_length("AWS::(ApiGateway|AutoScaling|Batch|DocDB|DynamoDB)") > 51_200  # the body of a template


@pytest.mark.parametrize("test", ["matches", "not_matches"])
def test_error_about_a_regex_names_the_line_and_the_remedy(tmp_path: Path, test: str) -> None:
    file = tmp_path / "rule.yaml"
    file.write_text(regex_rule(test, "'(a+)+$'"), encoding="utf-8")
    with pytest.raises(RuleError, match=r"'\(a\+\)\+\$' cannot be used: .*let the next character decide") as error:
        load_rule_files([str(file)])
    assert error.value.file == str(file)
    assert error.value.span is not None
    line = file.read_text(encoding="utf-8").splitlines()[error.value.span.start.line - 1]
    assert line[error.value.span.start.column - 1 :].startswith(f"{test}: ")


@pytest.mark.parametrize("test", ["matches", "not_matches"])
def test_text_too_long_for_a_regex_is_open(tmp_path: Path, test: str) -> None:
    file = tmp_path / "rule.yaml"
    file.write_text(regex_rule(test, "a+x"), encoding="utf-8")
    (rule,) = load_rule_files([str(file)])
    for length, verdicts in ((2_048, ["fail"] if test == "matches" else []), (2_049, ["open"])):
        text = f"Resources: {{Q: {{Type: AWS::SQS::Queue, Properties: {{QueueName: {'b' * length}}}}}}}"
        findings = check_one(text, rule, {}).results
        assert [finding.verdict for finding in findings] == verdicts
    assert "2,049 characters is too long for the pattern" in findings[0].message


ATOMS = st.sampled_from(["a", "b", ".", r"\w", r"\W", "[^a]", "[ab]", "^", "$", r"\b", r"a\n", "(?!b)", "(?=a)", "é"])


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Groups, repeats, alternatives and sequences of other patterns."""
    repeat = st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "*?", "+?", "{0,40}"])
    return st.one_of(
        st.tuples(inner, repeat).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        st.lists(inner, min_size=2, max_size=4).map("".join),
        st.tuples(st.sampled_from(["?i:", "?=", "?!", "?s:"]), inner).map(lambda pair: f"({pair[0]}{pair[1]})"),
    )


@given(st.recursive(ATOMS, larger, max_leaves=6), st.sampled_from(["a", "ab", "b", "aab", "\n", "a\n", "éa", "A"]))
def test_accepted_regex_is_fast_on_its_longest_text(pattern: str, piece: str) -> None:
    """A search of MAX_STEPS steps takes some tenths of a second; seconds would say that the bound is wrong."""
    try:
        longest = max_safe_length(pattern)
    except PatternError:
        return
    for end in ("", "\n", "!", "a"):
        text = (piece * longest)[: longest - 1] + end
        began = time.process_time()
        re.search(pattern, text)
        assert time.process_time() - began < 3, (pattern, piece, end)
