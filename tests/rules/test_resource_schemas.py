"""Rules against the CloudFormation schemas that cfn-lint ships: valid examples, existing properties."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from typing import Any

import pytest

from relint.api import load_rules
from relint.catalog.examples import read_examples
from relint.catalog.jsonpath import Step
from relint.catalog.loader import builtin_rules_directory, find_rule_files
from relint.catalog.rule import Rule

pytestmark = pytest.mark.slow
RULES = load_rules()
EXAMPLES = [
    (f"{example.rule_id} {example.verdict}: {example.name}", example.template)
    for file in find_rule_files(builtin_rules_directory())
    for example in read_examples(file)
    if example.rule_id != "CFN-000"
]
DELIBERATE = {
    *("E1020", "E2531", "E2533", "E3016", "E3022", "E3035", "E3036", "E3046"),
    *("E3059", "E3060", "E3502", "E3505", "E3680", "E3682", "E3689", "E3690", "E3710"),
}
"""Rules of cfn-lint about defects that failing examples show: policies, roles, subnets, queues, runtimes, timeouts."""
EMPTY_DEFAULTS = ("E1154", "{'Ref': ")
"""The rule of cfn-lint about ids, and the value of a parameter: some examples have empty defaults as placeholders."""
RETIRED = ("CFN-505 ", "E3006")
"""The rule about services that AWS has shut down, and the rule of cfn-lint about types that it no longer knows."""
NEWER = {"MonitoringConfiguration"}
"""Properties that CloudFormation documents and the schemas of cfn-lint lack: AWS::EMR::Cluster has this one.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-emr-cluster-monitoringconfiguration.html
"""
ATTRIBUTES = {
    "CreationPolicy",
    "DeletionPolicy",
    "DependsOn",
    "Metadata",
    "Type",
    "UpdatePolicy",
    "UpdateReplacePolicy",
}


@cache
def cfn_lint_rules() -> Any:
    """The errors of cfn-lint, loaded once in each process."""
    from cfnlint.core import get_rules

    return get_rules([], ["I", "W"], [])


def errors_of(example: tuple[str, str]) -> list[str]:
    from cfnlint.api import ManualArgs, lint

    name, template = example
    checks = cfn_lint_rules()
    return [
        f"{name}: {match.rule.id} {match.message}"
        for match in lint(template, rules=checks, config=ManualArgs(regions=["us-east-1"]))
        if match.rule.id.startswith("E") and match.rule.id not in DELIBERATE
        if match.rule.id != EMPTY_DEFAULTS[0] or not match.message.startswith(EMPTY_DEFAULTS[1])
        if not (name.startswith(RETIRED[0]) and match.rule.id == RETIRED[1])
        if not any(f"'{name}' was unexpected" in match.message for name in NEWER)
    ]


def test_examples_are_valid_templates() -> None:
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        problems = [problem for found in pool.map(errors_of, EXAMPLES, chunksize=16) for problem in found]
    assert problems == []


def paths_of(clause: Any) -> Iterator[list[Step]]:
    """The paths that clauses read on the judged resource itself."""
    if isinstance(clause, dict):
        path = clause.get("path")
        if isinstance(path, list) and "types" not in clause:
            yield path
        if clause.get("op") in ("every", "some", "none", "count"):
            yield from paths_of(clause["source"])
            return
        for key, value in clause.items():
            if key not in ("path", "arguments"):
                yield from paths_of(value)
    elif isinstance(clause, list | tuple):
        for item in clause:
            yield from paths_of(item)


def exists(schema: dict[str, Any], node: dict[str, Any], steps: list[Step]) -> bool:
    """Whether a property path leads somewhere in a resource schema."""
    while "$ref" in node:
        node = schema["definitions"][node["$ref"].rsplit("/", 1)[-1]]
    if not steps:
        return True
    for keyword in ("anyOf", "oneOf", "allOf"):
        if any(exists(schema, option, steps) for option in node.get(keyword, ())):
            return True
    head, *rest = steps
    if "items" in node:
        return exists(schema, node["items"], rest if head == "*" or isinstance(head, int | tuple) else steps)
    if head in node.get("properties", {}):
        return exists(schema, node["properties"][head], rest)
    if node.get("patternProperties"):
        return any(exists(schema, option, rest) for option in node["patternProperties"].values())
    return "properties" not in node and node.get("type") != "array"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_property_paths_exist(rule: Rule) -> None:
    from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

    for case in rule.cases:
        types = [kind for kind in (case.resources or rule.resources) if not kind.startswith(("*", "AWS::Serverless"))]
        schemas = [PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind).schema for kind in types]
        for path in paths_of([*case.when, *case.asserts]):
            if path[:1] == ["Properties"] and path[1] in NEWER:
                continue
            if path[:1] == ["Properties"]:
                assert not schemas or any(exists(schema, schema, path[1:]) for schema in schemas), path
            else:
                assert path[0] in ATTRIBUTES, path
