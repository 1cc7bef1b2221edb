"""Results of checks: problems with the values of their messages, and outcomes of cases."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.source.location import Path

if TYPE_CHECKING:
    from relint.change.change_document import Place
    from relint.finding import Verdict
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.resolve.value import Unknown
    from relint.source.location import Span


class Problem(NamedTuple):
    """A fault that a check has found.

    `path` is the path of the value in the template, or the one at which the template would set it. `values` are the
    message values besides resource, type and property. `related` are further locations, each a path and a sentence.
    `message` (the id of a message of the rule) and `level` replace those of the case.
    """

    path: Path
    values: Mapping[str, Any] = {}
    related: tuple[tuple[Path, str], ...] = ()
    message: str | None = None
    level: Level | None = None


class TextProblem(NamedTuple):
    """A fault in how a template is written, which holds in every deployment.

    `path` is the path of the value that the text sets, `span` the place to report. `values` are all values of the
    message, `related` further places, each a span and a sentence. `message` and `level` replace those of the rule.
    """

    path: Path
    span: Span
    values: Mapping[str, Any] = {}
    related: tuple[tuple[Span, str], ...] = ()
    message: str = "default"
    level: Level | None = None


class ComparisonProblem(NamedTuple):
    """A fault that a check has found between two templates.

    `place` is what to report in the `resource`, `values` are the message values besides resource and type, `related`
    further places, each with a sentence. A `reason` says why it is not decided; the problem is open then. `message` and
    `level` replace those of the rule, and `verdict` replaces "fail".
    """

    place: Place
    resource: Resource
    values: Mapping[str, Any] = {}
    related: tuple[tuple[Place, str], ...] = ()
    message: str = "default"
    level: Level | None = None
    verdict: Verdict = "fail"
    reason: str = ""


class Outcome(NamedTuple):
    """The result of a case for a resource in one scenario.

    `unknown` prevents a result, if set; `applies` is false if the conditions of the case are not met.
    """

    applies: bool = True
    problems: tuple[Problem, ...] = ()
    unknown: Unknown | None = None


NOT_APPLICABLE = Outcome(applies=False)
PASS = Outcome()
