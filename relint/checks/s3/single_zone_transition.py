"""Lifecycle rules that move the only copy of objects into one Availability Zone."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import all_of, any_of
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.logic.truth import Truth
    from relint.model.resource import Resource
    from relint.model.view import View

_REPLICATION_PREFIXES = (("Prefix",), ("Filter", "Prefix"), ("Filter", "And", "Prefix"))
_REPLICATION_TAGS = (("Filter", "TagFilter"), ("Filter", "And", "TagFilters"))


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at the first transition to ONEZONE_IA of objects that no replication rule copies.

    A replication rule copies what a lifecycle rule moves if it is enabled, selects by no tag, and has no prefix or one
    with which that of the lifecycle rule begins. Unknown if a status, a class or a prefix decides and is unknown.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html
    """
    replication_rules = view.select(resource, ("Properties", "ReplicationConfiguration", "Rules", "*"))
    for rule in view.select(resource, ("Properties", "LifecycleConfiguration", "Rules", "*")):
        is_copied = any_of(_copies(view, replication, rule) for replication in replication_rules)
        for storage_class in _storage_classes(view, rule):
            is_moved = all_of([_is_enabled(view, rule), apply_test("equals", storage_class.value, "ONEZONE_IA")])
            if is_moved is False or is_copied is True:
                continue
            if is_moved is True and is_copied is False:
                yield Problem(storage_class.path)
                return
            unknown = is_moved if isinstance(is_moved, Unknown) else is_copied
            if isinstance(unknown, Unknown):
                yield unknown


def _storage_classes(view: View, rule: Located) -> Iterator[Located]:
    for transition in (view.get(rule, "Transition"), *view.scenario.items(view.get(rule, "Transitions"))):
        storage_class = transition if isinstance(transition.value, Unknown) else view.get(transition, "StorageClass")
        if storage_class.value is not ABSENT:
            yield storage_class


def _is_enabled(view: View, rule: Located) -> Truth:
    return apply_test("equals", view.get(rule, "Status").value, "Enabled")


def _copies(view: View, replication: Located, lifecycle: Located) -> Truth:
    """Return whether a replication rule copies all objects of a lifecycle rule."""
    if any(view.get(replication, *path).value is not ABSENT for path in _REPLICATION_TAGS):
        return False
    prefixes = [value for path in _REPLICATION_PREFIXES if (value := view.get(replication, *path).value) is not ABSENT]
    prefix: Any = prefixes[0] if prefixes else ""
    moved = view.get(lifecycle, "Prefix").value
    return all_of([_is_enabled(view, replication), _begins_with("" if moved is ABSENT else moved, prefix)])


def _begins_with(text: Any, prefix: Any) -> Truth:
    if prefix == "" or text == prefix:
        return True
    for value in (prefix, text):
        if isinstance(value, Unknown):
            return value
    return str(text).startswith(str(prefix))
