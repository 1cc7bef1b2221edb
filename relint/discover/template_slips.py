"""Slips that keep CloudFormation, and relint, from finding the resources of a template.

CloudFormation rejects each of them: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relint._typing import Any
from relint.discover.template_detection import (
    INCLUDE,
    RESOURCE_ATTRIBUTES,
    SECTIONS,
    has_template_shape,
    is_rain_module,
    is_resource_type,
    macro_names,
)

_FOR_EACH = "Fn::ForEach::"

Slip = tuple[tuple[str, ...], str]
"""The path of a slip, and a sentence that says what to write."""


def find_slips(data: dict[str, Any]) -> Iterator[Slip]:
    """Yield the slips in a template, or in a file that is meant as one.

    With a macro that is none of AWS, only the want of resources is one, because the macro may replace the rest.
    """
    if _has_custom_macro(data.get("Transform")):
        if not has_template_shape(data):
            yield (), "The template has no resource that relint can read; its macro makes them on deployment."
        return
    for key in data:
        if (
            key not in SECTIONS
            and (section := _nearest(key, sorted(SECTIONS)))
            and (section not in data or _holds(data[key]))
        ):
            yield (key,), f"'{key}' is no section of a template; write '{section}'."
            if section == "Resources" and section not in data:
                return
    resources = data.get("Resources")
    if not isinstance(resources, dict):
        yield from _no_resources(data, resources)
    elif not resources:
        yield ("Resources",), "'Resources' is empty; CloudFormation takes no template without a resource."
    else:
        for logical_id, body in resources.items():
            yield from _slip_in_resource(str(logical_id), body)


def _no_resources(data: dict[str, Any], resources: Any) -> Iterator[Slip]:
    if "Resources" in data:
        content = "empty" if resources is None else "a list" if isinstance(resources, list) else "one value"
        yield (
            ("Resources",),
            f"'Resources' is {content}; write a mapping of logical IDs and resources, each with a Type.",
        )
    else:
        yield (), "The template has no 'Resources'; write a section 'Resources' with at least one resource."


def _slip_in_resource(logical_id: str, body: Any) -> Iterator[Slip]:
    path = ("Resources", logical_id)
    if logical_id == "Fn::Transform":
        if not isinstance(body, dict):
            yield path, "'Fn::Transform' takes a mapping with the Name of a macro, and Parameters."
        return
    if logical_id.startswith(_FOR_EACH):
        if not _is_loop(body):
            message = (
                f"'{logical_id}' is no loop; write a list of an identifier, a collection and a mapping of resources."
            )
            yield path, message
    elif not isinstance(body, dict):
        yield path, f"Resource '{logical_id}' is no mapping; write a resource with a Type, or remove it."
    elif "Type" not in body:
        if "Fn::Transform" not in body:
            key = _nearest_key_of_type(body)
            slip = (
                f"has '{key}' for 'Type'; write 'Type'."
                if key
                else "has no 'Type'; write one, such as AWS::S3::Bucket."
            )
            yield (*path, key) if key else path, f"Resource '{logical_id}' {slip}"
    else:
        if not isinstance(body["Type"], str) or not body["Type"]:
            if not is_rain_module(body["Type"]):
                message = f"The Type of resource '{logical_id}' is no text; write one, such as AWS::S3::Bucket."
                yield (*path, "Type"), message
        elif not is_resource_type(body["Type"]):
            message = f"'{body['Type']}', the Type of resource '{logical_id}', is none; write it like AWS::S3::Bucket."
            yield (*path, "Type"), message
        yield from _mistyped_attributes(logical_id, body)


def _mistyped_attributes(logical_id: str, body: dict[str, Any]) -> Iterator[Slip]:
    """Yield the keys beside the Type of a resource that are like one that CloudFormation knows."""
    for key in body:
        if key not in RESOURCE_ATTRIBUTES and (meant := _nearest(key, sorted(RESOURCE_ATTRIBUTES - body.keys()))):
            yield ("Resources", logical_id, key), f"Resource '{logical_id}' has '{key}'; write '{meant}'."


def _nearest_key_of_type(body: dict[str, Any]) -> str | None:
    """Return the key of a resource that is meant as Type: one like it, or the only one with the name of a type."""
    keys = [key for key, value in body.items() if key not in RESOURCE_ATTRIBUTES and isinstance(value, str)]
    near = next((key for key in keys if _nearest(key, ("Type",))), None)
    return near or next((key for key in keys if body[key].startswith("AWS::")), None)


def _is_loop(body: Any) -> bool:
    return isinstance(body, list) and len(body) == 3 and isinstance(body[0], str) and isinstance(body[2], dict)


def _holds(value: Any) -> bool:
    return isinstance(value, dict) and bool(value)


def _has_custom_macro(transform: Any) -> bool:
    """Whether a template-level Transform names a macro that is none of AWS, or an include that is not expanded."""
    return any(not name.startswith("AWS::") or name == INCLUDE for name in macro_names(transform))


def _nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the word that differs in case only, or in a letter or two."""
    from difflib import get_close_matches  # no good template needs it

    by_lower_case = {candidate.lower(): candidate for candidate in words}
    near = get_close_matches(word.lower(), by_lower_case, 1, cutoff=0.8 if len(word) > 5 else 0.7)
    return by_lower_case[near[0]] if near else None
