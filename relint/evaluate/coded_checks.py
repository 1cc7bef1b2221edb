"""Coded checks and facts by name: `rds/engine_support` is `check` or `fact` in that module of `relint.checks`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from relint._typing import TYPE_CHECKING, Any, Literal
from relint.errors import RuleError

if TYPE_CHECKING:
    from relint.change.records import Comparison, Regression, ResourceChange
    from relint.checks.problem import ComparisonProblem, Problem, TextProblem
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Unknown
    from relint.source.document import Document


def run_fact(name: str, resource: Resource, view: View, arguments: Mapping[str, Any]) -> Any:
    """Return the value of a coded fact for a resource: a scalar, ABSENT or an Unknown; computed once for each view."""
    key = (name, resource.logical_id, repr(arguments))
    if key not in view.cache:
        view.cache[key] = _load(name, "fact")(resource, view, **arguments)
    return view.cache[key]


def run_check(name: str, resource: Resource, view: View, arguments: Mapping[str, Any]) -> Iterable[Problem | Unknown]:
    """Return the problems that a coded check finds in a resource, and an Unknown for each question it leaves open."""
    problems: Iterable[Problem | Unknown] = _load(name, "check")(resource, view, **arguments)
    return problems


def run_change_check(
    name: str, change: ResourceChange, comparison: Comparison, arguments: Mapping[str, Any]
) -> Iterable[Problem | Unknown]:
    """Return the problems that a coded check finds in the change of a resource; paths are those of `place_of`."""
    problems: Iterable[Problem | Unknown] = _load(name, "check_change")(change, comparison, **arguments)
    return problems


def run_comparison_check(
    name: str, comparison: Comparison, regressions: Sequence[Regression], arguments: Mapping[str, Any]
) -> Iterable[ComparisonProblem]:
    """Return the problems that a coded check finds between two templates, given the regressions of other rules."""
    problems: Iterable[ComparisonProblem] = _load(name, "check_comparison")(comparison, regressions, **arguments)
    return problems


def check_document(name: str, document: Document, arguments: Mapping[str, Any]) -> Iterable[TextProblem]:
    """Return the problems that a coded check finds in the text of a template."""
    problems: Iterable[TextProblem] = _load(name, "check_document")(document, **arguments)
    return problems


@cache
def _load(
    name: str, function_name: Literal["check", "check_change", "check_comparison", "check_document", "fact"]
) -> Any:
    """Return the function of a module of `relint.checks`; raises RuleError if there is none."""
    if not _is_module_of_checks(name):
        raise RuleError(
            f"'{name}' is not the name of a coded {function_name}: write a folder and a module of relint/checks in"
            " lower case letters, digits and underscores, such as rds/engine_support"
        )
    module = f"relint.checks.{name.replace('/', '.')}"
    try:
        __import__(module)
        function = getattr(sys.modules[module], function_name, None)
    except ModuleNotFoundError as error:
        if error.name not in (module, module.rpartition(".")[0]):
            raise
        function = None
    if function is None:
        raise RuleError(f"there is no {function_name} '{name}': relint/checks/{name}.py has none")
    return function


def _is_module_of_checks(name: Any) -> bool:
    """Whether a name is that of a folder and a module, so that rule files of users import nothing but checks."""
    parts = name.split("/") if isinstance(name, str) and name.isascii() else ()
    return len(parts) == 2 and all(part.isidentifier() and part[0] != "_" and part == part.lower() for part in parts)
