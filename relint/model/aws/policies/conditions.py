"""Conditions of statements, evaluated for a request of which some context keys are known.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (looked up 2026-11-28)
"""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.logic.truth import Truth, all_of, any_of, negate
from relint.model.aws.policies.arns import text_of
from relint.model.aws.policies.patterns import Text, matches
from relint.resolve.value import ABSENT, Located, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.view import View

Context = Mapping[str, Any]
"""The texts of context keys, in lower case; ABSENT for keys that a request certainly lacks. Others are unknown."""

SERVICE_CONTEXT: Context = {
    "aws:principalorgid": ABSENT,  # a service belongs to no organization
    "aws:principalorgpaths": ABSENT,
    "aws:principalisawsservice": ("true",),
    "aws:securetransport": ("true",),
    "aws:username": ABSENT,
    "aws:userid": ABSENT,
    "aws:sourcevpc": ABSENT,
    "aws:sourcevpce": ABSENT,
    "kms:calleraccount": ABSENT,  # else the policy of aws/sns, which asks for the own account, would let alarms publish
    "kms:grantisforawsresource": ABSENT,
    "sns:protocol": ABSENT,
    "sns:endpoint": ABSENT,
}
"""What is known of every request that a service makes with its own principal."""

_WILDCARD_OPERATORS = ("StringLike", "ArnLike", "ArnEquals")
_EXACT_OPERATORS = ("StringEquals", "StringEqualsIgnoreCase", "Bool")
_NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
}


def conditions_hold(view: View, conditions: Located, context: Context) -> tuple[Truth, str]:
    """Return whether all conditions of a statement hold, and the first key whose condition does not."""
    if conditions.value is ABSENT:
        return True, ""
    if not isinstance(conditions.value, dict):
        unknown = Unknown(("Condition", conditions.path), "its conditions are not known")
        return (conditions.value if isinstance(conditions.value, Unknown) else unknown), ""
    truths: list[Truth] = []
    for operator in conditions.value:
        keys = view.get(conditions, operator)
        if not isinstance(keys.value, dict):
            truths.append(Unknown(("Condition", keys.path), f'a condition "{operator}" is not known'))
            continue
        for key in keys.value:
            truth = _holds(view, str(operator), str(key), view.get(keys, key), context)
            if truth is False:
                return False, str(key)
            truths.append(truth)
    return all_of(truths), ""


def _holds(view: View, operator: str, key: str, expected: Located, context: Context) -> Truth:
    """Return whether one condition holds."""
    unknown = Unknown(("Condition", expected.path), f'its condition on "{key}" decides')
    quantifier, _, name = operator.rpartition(":")
    base = name.removesuffix("IfExists")
    is_negated = base in _NEGATED
    actual = context.get(key.lower())
    if actual is None:
        return unknown
    if base == "Null":
        wants_absent = scalar_text(expected.value).lower() if isinstance(expected.value, str | bool) else ""
        return unknown if wants_absent not in ("true", "false") else (wants_absent == "true") == (actual is ABSENT)
    if actual is ABSENT:
        return is_negated or base != name or quantifier == "ForAllValues"
    base = _NEGATED.get(base, base)
    if base not in _WILDCARD_OPERATORS and base not in _EXACT_OPERATORS:
        return unknown
    listed = [expected] if isinstance(expected.value, Unknown) else view.scenario.items(expected)
    truth = any_of(_equals(view, item, base, actual, unknown) for item in listed)
    return negate(truth) if is_negated else truth


def _equals(view: View, expected: Located, operator: str, actual: Text, unknown: Unknown) -> Truth:
    if isinstance(expected.value, dict):
        return unknown
    pattern = text_of(view, expected.value)
    if operator in ("StringEqualsIgnoreCase", "Bool"):
        pattern = tuple(part.lower() if isinstance(part, str) else part for part in pattern)
        actual = tuple(part.lower() if isinstance(part, str) else part for part in actual)
    answer = matches(actual, pattern, wildcards=operator in _WILDCARD_OPERATORS)
    if answer is None:
        return expected.value if isinstance(expected.value, Unknown) else unknown
    return answer
