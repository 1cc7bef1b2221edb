"""Rule sets of a release, rules in preview, and ids that stand for the rules that replaced them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from relint._about import RELEASES, __version__
from relint.api import load_rules
from relint.catalog import rule_sets
from relint.catalog.loader import is_builtin
from relint.catalog.rule import Rule
from relint.catalog.selection import find_rule, select_rules
from relint.errors import OptionError, RuleError
from tests.helpers.project import Project
from tests.helpers.rules import load_rule, rule_text

RULES = load_rules()
ASSERT = "assert: [{path: $.Properties.Never, exists: true}]\n"
TEMPLATE = "Resources: {Uploads: {Type: AWS::S3::Bucket}}"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A template, and a folder with one rule of the user that fails for every bucket."""
    return Project(tmp_path).write("a.yaml", TEMPLATE)


def with_rule(project: Project, **overrides: object) -> Project:
    text = rule_text(ASSERT, **{"id": "TEST-101", "resources": ["AWS::S3::Bucket"], **overrides})
    return project.write("own/acme/rule.yaml", text)


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sequence[Rule]:
    """Rules of three releases: P1 of the first, P2 and a preview of the second, P1 of the tenth year."""
    monkeypatch.setattr(rule_sets, "RELEASES", ("2026.1", "2026.2", "2036.1"))
    rule = load_rule(tmp_path, ASSERT)
    changes: Iterable[dict[str, object]] = (
        {"id": "AA-101", "name": "old", "since": "2026.1", "priority": "P1"},
        {"id": "AA-102", "name": "newer", "since": "2026.2", "priority": "P2"},
        {"id": "AA-103", "name": "preview", "since": "2026.2", "priority": "P1", "preview": True},
        {"id": "AA-104", "name": "latest", "since": "2036.1", "priority": "P1", "aliases": ("ZZ-101", "former")},
        {"id": "OWN-101", "name": "own", "priority": "P1"},
    )
    return [rule._replace(level="warning", **change) for change in changes]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ruleset", "preview", "expected"),
    [
        pytest.param(None, False, "AA-101 AA-102 AA-104 OWN-101", id="without a pin, all but the preview"),
        pytest.param("2026.1", False, "AA-101 OWN-101", id="a rule of the user belongs to every release"),
        pytest.param("2026.2", False, "AA-101 AA-102 OWN-101", id="a release alone pins the default set"),
        pytest.param("core@2026.2", False, "AA-101 OWN-101", id="core as of a release"),
        pytest.param("2026.2", True, "AA-101 AA-102 AA-103 OWN-101", id="a preview of the release"),
        pytest.param("2026.1", True, "AA-101 OWN-101", id="no preview of a later release"),
        pytest.param("all@2036.1", False, "AA-101 AA-102 AA-104 OWN-101", id="releases are ordered by number"),
    ],
)
def test_rule_set_contains_the_rules_of_its_release(
    rules: Sequence[Rule], ruleset: str | None, preview: bool, expected: str
) -> None:
    selection = select_rules(rules, ruleset=ruleset, preview=preview)
    assert " ".join(rule.id for rule in selection.rules) == expected


@pytest.mark.parametrize("option", ["select", "mandatory"])
@pytest.mark.parametrize(
    ("selector", "ruleset", "message"),
    [
        ("AA-103", None, "'AA-103' is in preview; it runs with --preview, or with 'preview: true' in relint.yaml"),
        ("AA-102", "2026.1", "'AA-102' came with release 2026.2, after the rule set of 2026.1; name a later one"),
    ],
)
def test_selecting_only_excluded_rules_is_an_error(
    rules: Sequence[Rule], option: str, selector: str, ruleset: str | None, message: str
) -> None:
    with pytest.raises(OptionError) as error:
        select_rules(rules, **{"ruleset": ruleset, option: [selector]})  # type: ignore[arg-type]
    assert error.value.message == message


def test_prefix_selects_the_rules_that_may_run(rules: Sequence[Rule]) -> None:
    assert [rule.id for rule in select_rules(rules, ["AA"], ruleset="2026.1").rules] == ["AA-101"]


def test_excluded_rule_can_be_ignored(rules: Sequence[Rule]) -> None:
    selection = select_rules(rules, ignore=["AA-103", "AA-104"], ruleset="2026.1")
    assert [rule.id for rule in selection.rules] == ["AA-101", "OWN-101"]


@pytest.mark.parametrize("former", ["ZZ-101", "zz-101", "former"])
def test_retired_id_stands_for_its_successor(rules: Sequence[Rule], former: str) -> None:
    assert [rule.id for rule in select_rules(rules, [former]).rules] == ["AA-104"]
    assert "AA-104" not in {rule.id for rule in select_rules(rules, ignore=[former]).rules}
    assert select_rules(rules, severity={former: "note"}).severity == {"AA-104": "note"}
    assert find_rule(rules, former) == rules[3]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (
            "ruleset: 2025.4",
            "2:1",
            f"relint has no rule set of release '2025.4'; known releases are {', '.join(RELEASES)}",
        ),
        (
            "ruleset: all@2025.4",
            "2:1",
            f"relint has no rule set of release '2025.4'; known releases are {', '.join(RELEASES)}",
        ),
        ("ruleset: al@2026.1", "2:1", "there is no rule set 'al'; did you mean 'all'?"),
        ("preview: maybe", "2:1", "'preview' is true or false"),
    ],
)
def test_wrong_pin_is_an_error_that_names_the_known_ones(project: Project, text: str, place: str, message: str) -> None:
    done = project.configure(text).run("check", "a.yaml")
    assert (done.exit_code, done.stderr) == (2, f"relint.yaml:{place}: error: {message}\n")


@pytest.mark.parametrize("text", ['ruleset: "2026.1"', "ruleset: 2026.1", "ruleset: recommended@2026.1"])
def test_each_spelling_of_a_pin_selects_the_default_rules_of_that_release(project: Project, text: str) -> None:
    unpinned = project.check()
    assert project.configure(text).check() == unpinned  # there is no later release yet


def test_unknown_release_on_the_command_line_is_an_error(project: Project) -> None:
    done = project.run("check", "a.yaml", "--ruleset", "2031.1")
    assert done.exit_code == 2
    assert "relint has no rule set of release '2031.1'; known releases are 2026.1" in done.stderr


def test_rule_in_preview_runs_on_request(project: Project) -> None:
    with_rule(project, preview=True)
    assert "TEST-101" not in project.run("check", "a.yaml", "--rules", "own").stdout
    assert "TEST-101" in project.run("check", "a.yaml", "--rules", "own", "--preview").stdout
    assert "TEST-101" in project.configure("preview: true").run("check", "a.yaml", "--rules", "own").stdout


def test_type_with_a_rule_in_preview_only_is_not_judged_without_previews(project: Project) -> None:
    with_rule(project, preview=True, resources=["AWS::Wisdom::Assistant"])
    project.write("b.yaml", "Resources: {Help: {Type: AWS::Wisdom::Assistant, Properties: {Name: a, Type: AGENT}}}\n")
    done = project.run("check", "b.yaml", "--rules", "own")
    assert "not judged: 1 resource of 1 type has no rule" in done.stderr
    done = project.run("check", "b.yaml", "--rules", "own", "--preview")
    assert "has no rule" not in done.stderr


def test_use_of_a_retired_id_is_noted(project: Project) -> None:
    with_rule(project, aliases=["TEST-199"])
    done = project.run("check", "a.yaml", "--rules", "own", "--select", "TEST-199")
    assert "TEST-101" in done.stdout
    assert "note: 'TEST-199' is retired; TEST-101 replaces it, so write that\n" in done.stderr


def test_suppression_of_a_retired_id_holds(project: Project) -> None:
    with_rule(project, aliases=["TEST-199"])
    project.write("a.yaml", f"# relint: ignore[TEST-199] Accepted long ago.\n{TEMPLATE}\n")
    done = project.run("check", "a.yaml", "--rules", "own", "--select", "TEST", "--report-unused")
    assert done.exit_code == 0
    assert [line.partition(" ")[2] for line in done.stdout.splitlines()] == [
        "info CFN-000 The ignore of 'TEST-199' names a retired rule, which 'TEST-101' replaces, so write that."
    ]


def test_suppression_of_a_retired_id_in_the_configuration_is_noted_at_its_line(project: Project) -> None:
    with_rule(project, aliases=["TEST-199"])
    project.configure("suppressions:\n  - {rule: TEST-199, reason: Accepted long ago.}\n")
    done = project.run("check", "a.yaml", "--rules", "own", "--select", "TEST,CFN-000")
    assert done.exit_code == 0
    assert done.stdout.startswith("relint.yaml:3:")
    assert "'TEST-101' replaces, so write that" in done.stdout


def test_baseline_of_a_retired_id_holds(project: Project) -> None:
    with_rule(project)
    arguments = ("check", "a.yaml", "--rules", "own", "--select", "TEST")
    project.run(*arguments, "--write-baseline", "baseline.json")
    project.write("baseline.json", project.read("baseline.json").replace("TEST-101", "TEST-199"))
    with_rule(project, aliases=["TEST-199"])

    done = project.run(*arguments, "--baseline", "baseline.json", "--prune-baseline")

    assert done.exit_code == 0
    assert [entry["rule"] for entry in json.loads(project.read("baseline.json"))["findings"]] == ["TEST-101"]


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("since", 2026.1, "'since' is a release in quotes, such as \"2026.1\""),
        ("since", "soon", "'since' is a release in quotes, such as \"2026.1\""),
        ("preview", "often", "'preview' is true or false"),
        ("aliases", ["Old Rule"], "'Old Rule' is neither an id, such as RDS-701, nor a name"),
        ("aliases", ["TEST-101"], "'TEST-101' is already the rule of"),
    ],
)
def test_wrong_key_of_a_rule_file_is_an_error(tmp_path: Path, key: str, value: object, message: str) -> None:
    with pytest.raises(RuleError) as error:
        load_rule(tmp_path, ASSERT, **{"id": "TEST-101", key: value})
    assert error.value.message.startswith(message)


def test_every_rule_of_relint_names_a_known_release() -> None:
    assert {rule.since for rule in RULES if is_builtin(rule)} <= {*RELEASES}


def test_last_release_is_that_of_the_version() -> None:
    assert __version__.rpartition(".")[0] == RELEASES[-1]


def test_release_without_quotes_is_the_same_release() -> None:
    assert [str(float(release)) for release in RELEASES] == [*RELEASES]
