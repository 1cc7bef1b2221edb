"""Stacks that deploy one another: children of local TemplateURLs, and values that one stack exports to others."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from relint.model.template import Template
from relint.resolve.parameters import PSEUDO_PARAMETERS, Passed
from relint.resolve.scenario import Scenario
from relint.resolve.value import ABSENT, Located, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.source.location import Path

_SOURCES = {"AWS::CloudFormation::Stack": "TemplateURL", "AWS::Serverless::Application": "Location"}
MAX_CHILDREN = 1_000
"""How many nested stacks one run follows; a bound for sets of templates by an unknown author."""

Given = Mapping[str, "str | Passed"]


class Child(NamedTuple):
    """A nested stack: the resource that deploys it, the file of its template, and the values that it is passed."""

    parent: Template
    logical_id: str
    file: str
    passed: Mapping[str, Passed]

    @property
    def path(self) -> Path:
        """Where the parent names it."""
        return ("Resources", self.logical_id)


def roots_of(names: Sequence[str]) -> list[str]:
    """The real paths of the folders that are named, and of those of the files that are named."""
    folders = (name if os.path.isdir(name) else os.path.dirname(name) or os.curdir for name in names)
    return sorted({os.path.realpath(folder) for folder in folders})


def has_children(template: Template) -> bool:
    """A quick look at whether `children` may find anything."""
    text = template.document.text
    return "TemplateURL" in text or "AWS::Serverless::Application" in text


def children(template: Template, roots: Sequence[str]) -> Iterator[Child]:
    """The nested stacks of a template whose templates are files below `roots` (real paths); URLs are never followed.

    The file of a relative TemplateURL is looked for beside the parent, as `aws cloudformation package` does; in CDK's
    output the metadata names it. Neither `..` nor a link leads out of the roots.
    https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
    """
    for logical_id, body in template.document.data["Resources"].items():
        kind = body.get("Type") if isinstance(body, dict) else None
        if not isinstance(kind, str) or kind not in _SOURCES:
            continue
        stack = Located(body, ("Resources", logical_id))
        scenario = Scenario(template.deployments)
        properties = scenario.member(stack, "Properties")
        named = _asset(body) or scenario.member(properties, _SOURCES[kind]).value
        file = _local(named, template.document.file, roots) if isinstance(named, str) else None
        if file:
            yield Child(template, logical_id, file, _passed(template, properties))


def _asset(body: Mapping[str, Any]) -> str | None:
    metadata = body.get("Metadata")
    path = metadata.get("aws:asset:path") if isinstance(metadata, dict) else None
    return path if isinstance(path, str) else None


def _local(named: str, parent: str, roots: Sequence[str]) -> str | None:
    """The file that a text names, beside its parent; None for a URL, what is not there, or is out of the roots."""
    if "://" in named or "\0" in named or os.path.isabs(named):
        return None
    file = os.path.normpath(os.path.join(os.path.dirname(parent), named))
    real = os.path.realpath(file)
    inside = any(real.startswith(root.rstrip(os.sep) + os.sep) for root in roots)
    return file.replace(os.sep, "/") if inside and os.path.isfile(real) else None


def _passed(template: Template, properties: Located) -> dict[str, Passed]:
    """What the parent passes: a value that it fixes, one that it may choose otherwise, or one that nobody knows yet."""
    written = Scenario(template.deployments).member(properties, "Parameters").value
    found = {}
    for name in written if isinstance(written, dict) else ():
        scenario = Scenario(template.deployments)
        parameters = scenario.member(properties, "Parameters")
        value = scenario.plain(scenario.member(parameters, name).value, (*parameters.path, name))
        if value is ABSENT:
            continue
        fixed = not scenario.met
        found[str(name)] = Passed(_text(value), fixed)
    return found


def _text(value: Any) -> str | None:
    if isinstance(value, list) and not any(isinstance(item, Unknown | dict | list) for item in value):
        return ",".join(map(scalar_text, value))
    return None if isinstance(value, Unknown | dict | list) else scalar_text(value)


def given_to(child: Child, given: Given) -> dict[str, str | Passed]:
    """The values for the template of a child: what it is passed, and the pseudo parameters of the run."""
    return {**{name: value for name, value in given.items() if name in PSEUDO_PARAMETERS}, **child.passed}


def exports(templates: Sequence[Template]) -> dict[str, str]:
    """The values that templates export, by name, as far as both are texts; a name that several export is nobody's."""
    found: dict[str, list[str | None]] = {}
    for template in templates:
        outputs = template.document.data.get("Outputs")
        for output in outputs.values() if isinstance(outputs, dict) else ():
            export = output.get("Export") if isinstance(output, dict) else None
            if not isinstance(export, dict):
                continue
            scenario = Scenario(template.deployments)
            name = scenario.plain(export.get("Name"), ())
            value = scenario.plain(output.get("Value"), ())
            if isinstance(name, str):
                found.setdefault(name, []).append(None if scenario.met else _text(value))
    return {name: only for name, values in found.items() if len(values) == 1 and (only := values[0]) is not None}


def has_exports(template: Template) -> bool:
    """A quick look at whether `exports` may find anything."""
    return "Export" in template.document.text


def has_imports(template: Template) -> bool:
    """Whether a template may import what another exports."""
    return "ImportValue" in template.document.text
