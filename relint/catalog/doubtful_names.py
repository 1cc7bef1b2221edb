"""Resource types and properties in rule files that CloudFormation does not have, and that are probably mistyped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.catalog.jsonpath import parse_path
from relint.catalog.loader import read_rule_document
from relint.catalog.resource_types import ResourceTypes
from relint.catalog.rule_parser import read_rule
from relint.change.change_document import CHANGE_MEMBERS

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.source.document import Document
    from relint.source.location import Span

_ATTRIBUTES = (
    "Type",
    "Properties",
    "Condition",
    "DependsOn",
    "DeletionPolicy",
    "UpdateReplacePolicy",
    "UpdatePolicy",
    "CreationPolicy",
    "Metadata",
    "Connectors",
    "IgnoreGlobals",
)
"""https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-product-attribute-reference.html, and SAM's."""

_GENERATED_BY_SAM = {
    "AWS::Serverless::Api": "AWS::ApiGateway::RestApi",
    "AWS::Serverless::Function": "AWS::Lambda::Function",
    "AWS::Serverless::HttpApi": "AWS::ApiGatewayV2::Api",
    "AWS::Serverless::SimpleTable": "AWS::DynamoDB::Table",
    "AWS::Serverless::StateMachine": "AWS::StepFunctions::StateMachine",
    "AWS::Serverless::WebSocketApi": "AWS::ApiGatewayV2::Api",
}
"""Types of SAM that rules never see, because relint judges what SAM makes of them."""


class Doubt(NamedTuple):
    """A name in a rule file that CloudFormation does not have."""

    rule_id: str
    file: str
    span: Span
    message: str


class _ReadPath(NamedTuple):
    """A path in a rule: `steps` begin at a resource of one of the `types`, `own` are those in the rule file."""

    types: tuple[str, ...]
    steps: tuple[Any, ...]
    own: tuple[Any, ...]


def doubtful_names(files: Sequence[str]) -> Iterator[Doubt]:
    """Yield the doubtful names in rule files, each once for each file; raises RuleError.

    Types of other publishers, modules and custom resources are never doubtful. A path is doubtful if none of the types
    that the rule judges has it.
    """
    if not files:
        return
    known = ResourceTypes()
    for file in files:
        document = read_rule_document(file)
        rule = read_rule(document)
        paths = list(_read_paths(rule))
        for name in dict.fromkeys([*rule.resources, *(name for path in paths for name in path.types)]):
            problem = _problem_of_type(name, known)
            if problem:
                yield Doubt(rule.id, file, _span_of(document, name), problem)
        for path in _joined_by_steps(paths):
            problem = None if _GENERATED_BY_SAM.keys() & set(path.types) else _problem_of_path(path, known)
            if problem:
                yield Doubt(rule.id, file, _span_of(document, path.own), problem)


def _joined_by_steps(paths: Sequence[_ReadPath]) -> Iterator[_ReadPath]:
    """Yield each path once, with the types of all cases that read it: only one of them needs to have it."""
    types_by_steps: dict[tuple[Any, ...], dict[str, None]] = {}
    for path in paths:
        types_by_steps.setdefault(path[1:], {}).update(dict.fromkeys(path.types))
    for (steps, own), types in types_by_steps.items():
        yield _ReadPath(tuple(types), steps, own)


def _problem_of_type(name: str, known: ResourceTypes) -> str | None:
    if name in _GENERATED_BY_SAM:
        return f"'{name}' is judged as the resources that SAM makes of it; write '{_GENERATED_BY_SAM[name]}'"
    is_custom = name == "*" or name.startswith("Custom::") or name.endswith("::MODULE")
    if is_custom or known.properties(name) is not None:
        return None
    similar = known.similar(name)
    if similar:
        return f"there is no resource type '{name}'; did you mean '{similar}'?"
    if not re.fullmatch(r"\w+::\w+::\w+", name):
        return f"'{name}' is no resource type, such as AWS::S3::Bucket or Custom::Name"
    return f"relint does not know the resource type '{name}' as of {known.date}" if name.startswith("AWS::") else None


def _problem_of_path(path: _ReadPath, known: ResourceTypes) -> str | None:
    """Return what is wrong with a path, None if at least one type has it or is not known."""
    attribute, *steps = path.steps or ("Type",)
    if isinstance(attribute, str) and attribute != "*" and attribute not in _ATTRIBUTES:
        return f"a resource has no '{attribute}'{_suggestion(attribute, _ATTRIBUTES, '$.Properties.')}"
    missing: list[tuple[str, list[str]]] = []
    for name in path.types if attribute == "Properties" else ():
        missing_name = _missing_name(name, steps, known)
        if missing_name is None:
            return None
        missing.append(missing_name)
    if not missing:
        return None
    step = missing[0][0]
    names = sorted({name for _, candidates in missing for name in candidates})
    types = path.types
    owner = f"{types[0]} has no" if len(types) == 1 else f"neither {' nor '.join(types)} has a"
    return f"{owner} property '{step}' as of {known.date}{_suggestion(step, names)}"


def _suggestion(word: str, names: Sequence[str], prefix: str = "") -> str:
    from difflib import get_close_matches

    lower = {name.lower(): name for name in names}
    nearest = get_close_matches(word.lower(), lower, 1)
    if nearest:
        return f"; did you mean '{lower[nearest[0]]}'?"
    return f"; did you mean '{prefix}{word}'?" if prefix else ""


def _missing_name(resource_type: str, steps: Sequence[Any], known: ResourceTypes) -> tuple[str, list[str]] | None:
    """Return the first name on a path that a type does not have, with the names that it has; None if it has all."""
    properties = known.properties(resource_type)
    if not (properties and properties.top):
        return None
    names = properties.top
    for step in steps:
        if step == "*" or isinstance(step, int):
            continue
        for name in [step] if isinstance(step, str) else [member for member, _ in step]:
            if name not in names:
                return name, list(names)
        if isinstance(step, str):
            if not names[step]:
                return None
            names = properties.nested
    return None


def _read_paths(rule: Rule) -> Iterator[_ReadPath]:
    """Yield the paths that a rule reads, of the judged resources and of related ones."""
    for case in rule.cases:
        types = tuple(case.resources or rule.resources)
        paths = _paths_in([*case.when, *case.asserts, *case.params.values()], types, ())
        yield from _paths_of_sides(paths) if rule.scope == "change" else paths


def _paths_of_sides(paths: Iterable[_ReadPath]) -> Iterator[_ReadPath]:
    """Yield the paths in the old and the new resource of a change, and those that lead to no member of a change."""
    for path in paths:
        member, *steps = path.steps or ("Change",)
        if member in ("Old", "New") and steps[:1] != ["LogicalId"]:
            yield path._replace(steps=tuple(steps))
        elif member not in CHANGE_MEMBERS:
            yield path


def _paths_in(node: Any, types: tuple[str, ...], prefix: tuple[Any, ...]) -> Iterator[_ReadPath]:
    """Yield the paths in a compiled clause or operand, in which `$` is what is at `prefix` in a resource."""
    if isinstance(node, (list, tuple)):
        for item in node:
            yield from _paths_in(item, types, prefix)
    if not isinstance(node, dict):
        return
    if isinstance(node.get("types"), list) and "what" not in node:  # no row of a dated table
        others = tuple(node["types"])
        if "through" in node:
            yield _read_path(types, prefix, node["through"])
        for key in ("by", "path"):
            yield _read_path(others, (), node.get(key) or ())
        return
    for key in ("path", "at"):
        if isinstance(node.get(key), list):
            yield _read_path(types, prefix, node[key])
    inner_types, inner_prefix = types, prefix
    if isinstance(node.get("source"), dict):
        source = node["source"]
        is_related = "types" in source
        inner_types = tuple(source["types"]) if is_related else types
        inner_prefix = (*(() if is_related else prefix), *map(_step, source.get("path") or ()))
    for key, value in node.items():
        if key in ("where", "clauses"):
            yield from _paths_in(value, inner_types, inner_prefix)
        elif key not in ("path", "at"):
            yield from _paths_in(value, types, prefix)


def _read_path(types: tuple[str, ...], prefix: tuple[Any, ...], steps: Sequence[Any]) -> _ReadPath:
    own = tuple(map(_step, steps))
    return _ReadPath(types, (*prefix, *own), own)


def _step(step: Any) -> Any:
    """Return a step that can be hashed: compiled filters are lists of lists."""
    return tuple(tuple(pair) for pair in step) if isinstance(step, (list, tuple)) else step


def _span_of(document: Document, searched: str | tuple[Any, ...]) -> Span:
    """Return the place of a type or a path in a rule file, outside of its examples; else its first line."""
    for path, text in _texts({key: value for key, value in document.data.items() if key != "examples"}, ()):
        if text == searched or (text.startswith("$") and not isinstance(searched, str) and _steps(text) == searched):
            return document.span_of(path)
    return document.span_of(())


def _steps(text: str) -> tuple[Any, ...] | None:
    try:
        return tuple(map(_step, parse_path(text)))
    except ValueError:
        return None


def _texts(node: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(node, str):
        yield path, node
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in members:
        yield from _texts(value, (*path, key))
