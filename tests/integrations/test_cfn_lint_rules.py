"""relint's rules as classes of cfn-lint, called as cfn-lint calls them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("cfnlint")

from relint.catalog.loader import load_rules
from relint.integrations.cfn_lint_rules import rule_classes
from tests.helpers.includes import IN_PROPERTIES, NO_STANDBY

RULES = [rule for rule in load_rules() if rule.id in ("RDS-701", "RDS-602")]
DATABASE = "Resources:\n  Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql}}\n"


class Template:
    """What cfn-lint gives to a rule."""

    def __init__(self, filename: str | None, template: dict[str, Any] | None = None) -> None:
        self.filename = filename
        self.template = template


def matches(template: Template, name: str) -> list[tuple[list[Any], str]]:
    rule = rule_classes(RULES, "acme")[name]()
    return [(match.path, match.message) for match in rule.match(template)]


@pytest.fixture
def template(tmp_path: Path) -> Template:
    (tmp_path / "a.yaml").write_text(DATABASE, encoding="utf-8")
    (tmp_path / "relint.yaml").write_text("root: true\nseverity: {RDS-602: note}\n", encoding="utf-8")
    return Template(str(tmp_path / "a.yaml"))


def test_rule_has_a_class_for_each_severity() -> None:
    classes = rule_classes(RULES, "acme")
    names = ["RelintERDS602", "RelintERDS701", "RelintIRDS602", "RelintIRDS701", "RelintWRDS602", "RelintWRDS701"]
    assert sorted(classes) == sorted(["RelintFailure", *names])
    rule_class = classes["RelintWRDS701"]
    (rule,) = (rule for rule in RULES if rule.id == "RDS-701")
    assert (rule_class.id, rule_class.shortdesc, rule_class.source_url) == ("WRDS701", rule.title, rule.references[0])
    assert rule_class.description == " ".join(rule.rationale.split())
    assert (rule_class.tags, rule_class.__module__) == (["relint", "reliability", "RDS-701"], "acme")


def test_failure_has_a_class() -> None:
    failure = rule_classes(RULES, "acme")["RelintFailure"]
    title = "relint could not check the template"
    assert (failure.id, failure.shortdesc, failure.description, failure.source_url) == ("ERELINT", title, title, "")
    assert failure.__name__ == "RelintFailure"
    assert (failure.tags, failure.__module__) == (["relint", "reliability"], "acme")


def test_finding_is_a_match_of_its_rule_and_severity(template: Template) -> None:
    ((path, message),) = matches(template, "RelintWRDS701")
    assert path == ["Resources", "Database"]
    assert message.startswith("'Database' has no standby")
    assert message.endswith(" (RDS-701)")
    assert matches(template, "RelintERDS701") == matches(template, "RelintIRDS701") == []
    assert len(matches(template, "RelintIRDS602")) == 1
    assert matches(template, "RelintFailure") == []


def test_finding_in_an_included_file_is_a_match_at_the_include(tmp_path: Path) -> None:
    (tmp_path / "relint.yaml").write_text("root: true\n", encoding="utf-8")
    (tmp_path / "part.yaml").write_text(NO_STANDBY, encoding="utf-8")
    (tmp_path / "main.yaml").write_text(IN_PROPERTIES, encoding="utf-8")
    ((path, message),) = matches(Template(str(tmp_path / "main.yaml"), {}), "RelintWRDS701")
    assert path == ["Resources", "Database", "Properties", "Fn::Transform"]
    assert f" It is line 2 of '{tmp_path / 'part.yaml'}'. (RDS-701)" in message


def test_standard_input_is_checked_as_cfn_lint_has_read_it() -> None:
    data = {"Resources": {"Database": {"Type": "AWS::RDS::DBInstance", "Properties": {"Engine": "mysql"}}}}
    assert len(matches(Template(None, data), "RelintWRDS701")) == 1


def test_problem_of_relint_is_a_match_of_its_own(template: Template, tmp_path: Path) -> None:
    (tmp_path / "relint.yaml").write_text("root: true\nrulset: core\n", encoding="utf-8")
    message = "relint: there is no key 'rulset' here; did you mean 'ruleset'?"
    assert matches(template, "RelintFailure") == [([], message)]
    assert matches(template, "RelintWRDS701") == []
    (tmp_path / "relint.yaml").write_text("root: true\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text(DATABASE + "  Queue: {Type: AWS::SQS::Queue\n", encoding="utf-8")
    ((path, message),) = matches(template, "RelintFailure")
    assert (path, message.startswith("relint: A ',' or '}' is missing here")) == ([], True)


def test_template_is_checked_once_for_all_rules(template: Template) -> None:
    classes = rule_classes(RULES, "acme")
    assert classes["RelintWRDS701"]().match(template)
    Path(str(template.filename)).write_text("", encoding="utf-8")
    assert classes["RelintIRDS602"]().match(template)
