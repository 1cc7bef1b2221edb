"""Rules against the CloudFormation schemas that cfn-lint ships: valid examples, existing properties."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest

from relint.api import load_rules
from relint.catalog.examples import read_examples
from relint.catalog.jsonpath import Step
from relint.catalog.loader import builtin_rules_directory, find_rule_files
from relint.catalog.rule import Rule
from tests.helpers.valid_templates import NEWER, schema_errors

pytestmark = pytest.mark.slow
RULES = [rule for rule in load_rules() if not rule.compares_templates]  # whose examples and paths are those of changes
EXAMPLES = [
    (f"{example.rule_id} {example.verdict}: {example.name}", example.template)
    for file in find_rule_files(builtin_rules_directory())
    for example in read_examples(file)
    if example.rule_id != "CFN-000" and example.old is None
]
DEFECTS = {
    "CFN-001": ("E0000",),  # keys that stand twice
    "CFN-002": ("E0000", "E1004", "E3002", "E3031", "E7001"),  # what YAML reads otherwise than it looks
    "CFN-505": ("E3006",),  # services that AWS has shut down, whose types cfn-lint no longer knows
    "KMS-802": ("E3020",),  # a replica that says what it inherits anyway, which the rule leaves alone
    "NET-218": ("E3003",),  # a macro that adds what is missing
    "R53-806": ("E3004",),  # health checks that are children of each other
    "RDS-704": ("E3032",),  # a proxy in one subnet
    "SQS-702": ("E3004",),  # queues that are dead-letter queues of each other
}
"""Rules of cfn-lint that see the defects in the examples of a rule, too."""
ATTRIBUTES = {
    "CreationPolicy",
    "DeletionPolicy",
    "DependsOn",
    "Metadata",
    "Type",
    "UpdatePolicy",
    "UpdateReplacePolicy",
}


def errors_of(example: tuple[str, str]) -> list[str]:
    name, template = example
    return [
        f"{name}: {error}"
        for error in schema_errors(template)
        if error.split()[0] not in DEFECTS.get(name.split()[0], ())
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
