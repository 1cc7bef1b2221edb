"""Prefilter of rules: skips those that cannot fail, judging by literal values only.

Most rules do not apply to most resources, and most resources comply. Deciding that from literals avoids resolving
parameters, conditions and functions.
"""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.evaluate.literal_evaluator import LiteralEvaluator

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.model.resource import Resource

_EVALUATOR = LiteralEvaluator()


def cannot_fail(rule: Rule, resource: Resource) -> bool:
    """Whether the rule certainly passes, or does not apply, in every deployment.

    False means only that the rule has to be evaluated. The template must not have a macro, which may add properties.
    """
    body = resource.body
    for case in rule.body.cases_for(resource.type):
        applies = _EVALUATOR.evaluate_all(body, case.when).truth if case.when else True
        if applies is False:
            continue
        if case.check is not None:
            return False
        for clause in case.asserts:
            if _EVALUATOR.evaluate(body, clause).truth is not True:
                return False
        if applies is True:
            return True
    return True
