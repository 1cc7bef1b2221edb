"""Refactorings that change nothing are silent, in all fixtures and all examples of the rules."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from relint.change.compare import compare
from relint.source.document import Document
from relint.source.read import read_document
from tests.helpers.known_templates import known_templates


def rewritten(document: Document, data: Any) -> Document:
    return read_document(json.dumps(data), document.file)


def same(document: Document) -> Document:
    return document


def as_json_with_reversed_keys(document: Document) -> Document:
    def reverse(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: reverse(value) for key, value in reversed(node.items())}
        return [reverse(item) for item in node] if isinstance(node, list) else node

    return rewritten(document, reverse(document.data))


def with_parameters(document: Document) -> Document:
    """Return the template with texts of properties moved into the defaults of parameters."""
    data = json.loads(json.dumps(document.data))
    parameters = data.setdefault("Parameters", {})
    for node, key in list(literal_places(data.get("Resources"))):
        name = f"Moved{len(parameters)}"
        parameters[name] = {"Type": "String", "Default": node[key]}
        node[key] = {"Ref": name}
    return rewritten(document, data)


def with_substitutions(document: Document) -> Document:
    """Return the template with texts of properties assembled by Fn::Sub and Fn::Join."""
    data = json.loads(json.dumps(document.data))
    for index, (node, key) in enumerate(list(literal_places(data.get("Resources")))):
        text = node[key]
        node[key] = {"Fn::Sub": text} if index % 2 else {"Fn::Join": ["", [text[:1], text[1:]]]}
    return rewritten(document, data)


def with_conditions(document: Document) -> Document:
    """Return the template with texts of properties in the branch of a condition that is taken."""
    data = json.loads(json.dumps(document.data))
    data.setdefault("Conditions", {})["Taken"] = {"Fn::Equals": ["a", "a"]}
    for node, key in list(literal_places(data.get("Resources"))):
        node[key] = {"Fn::If": ["Taken", node[key], "other"]}
    return rewritten(document, data)


def literal_places(resources: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the containers and keys of texts in properties that no function has as argument."""
    for resource in resources.values() if isinstance(resources, dict) else ():
        if isinstance(resource, dict) and not str(resource.get("Type")).startswith("AWS::Serverless"):
            yield from _texts_in(resource.get("Properties"))


def _texts_in(node: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(node, dict) and any(key in ("Ref", "Condition") or key.startswith("Fn::") for key in node):
        return
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in members:
        if isinstance(value, str) and value.strip() == value != "" and not any(mark in value for mark in ("${", "{{")):
            yield node, key
        else:
            yield from _texts_in(value)


@pytest.mark.parametrize("step", [pytest.param(1, id="all", marks=pytest.mark.slow), pytest.param(12, id="sample")])
@pytest.mark.parametrize(
    "refactor",
    [same, as_json_with_reversed_keys, with_parameters, with_substitutions, with_conditions],
    ids=lambda refactor: refactor.__name__,
)
def test_refactoring_is_silent(refactor: Callable[[Document], Document], step: int) -> None:
    differing = {}
    documents = [document for document in known_templates() if "Fn::ForEach" not in document.text]
    for document in documents[::step]:
        for old, new in ((document, refactor(document)), (refactor(document), document)):
            changes = compare(old, new).changes
            if changes:
                differing[document.file] = [(change.kind, change.logical_id, change.properties) for change in changes]
    assert differing == {}
