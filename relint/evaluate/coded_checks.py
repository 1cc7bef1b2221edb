"""Coded checks and facts by name: `rds/engine_support` is the function `check` or `fact` of that module of checks."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from relint.errors import RuleError

if TYPE_CHECKING:
    from relint.checks.problem import Problem
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Unknown


def run_fact(name: str, resource: Resource, view: View, arguments: Mapping[str, Any]) -> Any:
    """What the coded fact says of a resource: a scalar, ABSENT or an Unknown."""
    key = (name, resource.logical_id, repr(arguments))
    if key not in view.cache:
        view.cache[key] = _function(name, "fact")(resource, view, **arguments)
    return view.cache[key]


def run_check(name: str, resource: Resource, view: View, arguments: Mapping[str, Any]) -> Iterable[Problem | Unknown]:
    """What the coded check says of a resource: its problems, and Unknowns for what it cannot tell."""
    found: Iterable[Problem | Unknown] = _function(name, "check")(resource, view, **arguments)
    return found


def is_defined(name: str, kind: str) -> bool:
    """Whether there is a coded check or fact (`kind`) of that name."""
    try:
        _function(name, kind)
    except RuleError:
        return False
    return True


@cache
def _function(name: str, kind: str) -> Any:
    module = f"relint.checks.{name.replace('/', '.')}"
    try:
        __import__(module)
        function = getattr(sys.modules[module], kind, None)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        function = None
    if function is None:
        raise RuleError(f"there is no {kind} '{name}': relint/checks/{name}.py has none")
    return function
