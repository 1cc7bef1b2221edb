"""Texts without quotes that YAML 1.1, the version that CloudFormation reads, takes for booleans or numbers.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html (read 2026-11-28). Seen in deployed
stacks: a tag `0300` became 192 (https://dev.classmethod.jp/articles/how-to-identify-numerical-values-in-cfn-yaml-template,
2022-06-14), `mode: 000400` 256 (https://github.com/aws-samples/ecs-refarch-cloudformation/issues/66), the account
012345678901 1.2345678901E10 (https://www.skyarch.net/blog/?p=20495), variables `no` and `off` false
(https://ljmc.bearblog.dev/yaml-booleans-in-cloudformation-templates). Dates and the letters y and n stay texts.
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.checks.cloudformation.unquoted_parameters import parameter_problems
from relint.checks.problem import TextProblem
from relint.source.plain_scalars import may_have_treacherous_scalars, treacherous_scalars
from relint.source.yaml_scalars import resolve_plain_scalar

if TYPE_CHECKING:
    from relint.level import Level
    from relint.source.document import Document
    from relint.source.location import Path
    from relint.source.plain_scalars import PlainScalar

_NOT_DEPLOYED = ("Description", "Metadata")
"""The sections whose values no resource gets. The Metadata of resources reaches machines, so they count."""


def check_document(document: Document) -> Iterator[TextProblem]:
    """Yield a problem for each scalar where a text is meant: everywhere for digits, in known places for words."""
    if not may_have_treacherous_scalars(document):
        return
    scalars = [scalar for scalar in treacherous_scalars(document) if scalar.path[0] not in _NOT_DEPLOYED]
    problems: list[tuple[PlainScalar, str | None, dict[str, str]]] = [
        (scalar, _message(document.data, scalar), {}) for scalar in scalars
    ]
    words = [scalar for scalar in scalars if scalar.text.isalpha() and not scalar.is_key]
    for scalar, message, values in (*problems, *parameter_problems(document.data, words)):
        if message is None:
            continue
        level: Level | None = "note" if message == "allowed" else None
        values = {"value": scalar.text, "reading": _reading(scalar.text), **values}
        span = document.key_span(scalar.path) if scalar.is_key else document.span_of(scalar.path)
        yield TextProblem(scalar.path, span, values, message=message, level=level)


def _message(data: Any, scalar: PlainScalar) -> str | None:
    """Return the id of the message about a scalar; None if its value may be meant."""
    text, path = scalar.text, scalar.path
    if scalar.is_key:  # what CloudFormation does with keys elsewhere is not known
        return "key" if path[0] == "Mappings" and "." not in text else None
    if text.isalpha():
        return "boolean" if _is_text(data, path) else None
    if "." in text:
        return "version" if _is_version(path) or _is_text(data, path) else None
    return "digits" if isinstance(resolve_plain_scalar(text), str) else "number"


def _reading(text: str) -> str:
    value = resolve_plain_scalar(text)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_version(path: Path) -> bool:
    """Whether a value is a version, as the name of its property or parameter says."""
    names = [step for step in _without_conditions(path) if isinstance(step, str)]
    if len(path) > 2 and path[0] == "Parameters":
        return "version" in str(path[1]).lower() and names[-1] in ("Default", "AllowedValues")
    return names[-1:] != [] and names[-1].endswith("Version")


def _is_text(data: Any, path: Path) -> bool:
    """Whether a value is a text for AWS, whatever it looks like: a tag, a variable, a parameter of a group or stack."""
    path = _without_conditions(path)
    if path[:1] == ("Outputs",):
        return len(path) == 3 and path[2] == "Value"
    if path[-3:-1] == ("Environment", "Variables") or path[-2:-1] == ("Tags",):
        return True
    if path[:1] == ("Resources",) and path[2:4] == ("Properties", "Parameters") and len(path) == 5:
        resource_type = str(_value_at(data, (*path[:2], "Type")))
        return resource_type.endswith("ParameterGroup") or resource_type == "AWS::CloudFormation::Stack"
    siblings = _value_at(data, path[:-1])
    return path[-1:] == ("Value",) and isinstance(siblings, dict) and not siblings.keys().isdisjoint(("Key", "Name"))


def _without_conditions(path: Path) -> Path:
    """Return a path without the steps of Fn::If, whose branches are values of the property."""
    steps = list(path)
    while "Fn::If" in steps:
        index = steps.index("Fn::If")
        del steps[index : index + 2]
    return tuple(steps)


def _value_at(data: Any, path: Path) -> Any:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data
