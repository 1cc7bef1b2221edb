"""Tags of resources."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, any_of
from relint.model.text.wildcards import matches_wildcards
from relint.resolve.value import Unknown, expression_of, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_TAG_PATHS = (
    ("Properties", "Tags"),
    ("Properties", "FileSystemTags"),
    ("Properties", "Replicas", "*", "Tags"),
)


def tags_of(view: View, resource: Resource) -> Iterator[tuple[Any, Any]]:
    """Yield the keys and values of the tags of a resource, which may be a list or a mapping."""
    for path in _TAG_PATHS:
        for tags in view.select(resource, path):
            if isinstance(tags.value, dict):
                yield from ((key, view.get(tags, key).value) for key in tags.value)
                continue
            for item in view.scenario.items(tags):
                if isinstance(item.value, Unknown):
                    yield item.value, item.value
                else:
                    yield view.get(item, "Key").value, view.get(item, "Value").value


def has_tag(view: View, resource: Resource, key: Any, value: Any, *, wildcards: bool = False) -> Truth:
    """Return whether a resource has a tag; with `wildcards`, "*" in the value matches any text."""
    truths: list[Truth] = []
    for tag_key, tag_value in tags_of(view, resource):
        truth = apply_test("equals", tag_key, key)
        if truth is True:
            truth = _matches_value(tag_value, value) if wildcards else apply_test("equals", tag_value, value)
        truths.append(truth)
    return any_of(truths)


def _matches_value(value: Any, pattern: Any) -> Truth:
    if pattern == "*" or expression_of(value) == expression_of(pattern):
        return True
    for side in (value, pattern):
        if isinstance(side, Unknown):
            return side
    return matches_wildcards(scalar_text(value), scalar_text(pattern))
