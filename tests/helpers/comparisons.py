"""Comparisons of two templates that tests write as YAML."""

from __future__ import annotations

from textwrap import dedent, indent

from relint.change.compare import compare
from relint.change.records import Comparison, ResourceChange, ValueChange
from relint.source.document import Document
from relint.source.read import read_document

QUEUE = """\
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {QueueName: orders, VisibilityTimeout: 30, FifoQueue: true, Tags: [{Key: a, Value: "1"}]}
"""


def document(text: str) -> Document:
    """Return the template of a text."""
    return read_document(dedent(text), "template.yaml")


def compared(old: str, new: str, **parameters: str) -> Comparison:
    """Return the comparison of two texts, with values of parameters."""
    return compare(document(old), document(new), parameters)


def only_change(old: str, new: str, **parameters: str) -> ResourceChange:
    """Return the change of the one resource that differs."""
    (change,) = compared(old, new, **parameters).changes
    return change


def only_value(change: ResourceChange) -> ValueChange:
    """Return the one value of a change that differs."""
    (value,) = (*change.properties, *change.attributes)
    return value


def resource(properties: str, resource_type: str, *, attributes: str = "", sections: str = "") -> str:
    """Return a template with one resource, named Thing."""
    body = f"Type: {resource_type}\n{dedent(attributes)}Properties:\n{indent(dedent(properties), '  ')}"
    return f"{dedent(sections)}Resources:\n  Thing:\n{indent(body, '    ')}"
