"""The Conditions and Rules sections: functions that are true or false."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relint.resolve.value import Unknown, expression_of, references, scalar_text

if TYPE_CHECKING:
    from relint.resolve.scenario import Scenario


def evaluate_condition(scenario: Scenario, node: Any) -> bool:
    """Whether a condition function holds; what cannot be computed becomes a choice of the scenario."""
    if isinstance(node, dict) and len(node) == 1:
        ((name, argument),) = node.items()
        operands = argument if isinstance(argument, list) else [argument]
        if name == "Condition" and isinstance(argument, str):
            return scenario.condition(argument)
        if name == "Fn::And":
            return all(evaluate_condition(scenario, operand) for operand in operands)
        if name == "Fn::Or":
            return any(evaluate_condition(scenario, operand) for operand in operands)
        if name == "Fn::Not":
            return not evaluate_condition(scenario, operands[0] if operands else False)
        if name == "Fn::Equals" and len(operands) == 2:
            return _equals(scenario, operands)
        if name == "Fn::Contains" and len(operands) == 2:
            return _every_member(scenario, [operands[1]], operands[0])
        if name in ("Fn::EachMemberIn", "Fn::EachMemberEquals") and len(operands) == 2:
            return _every_member(scenario, operands[0], operands[1])
        if name == "Fn::Equals":  # malformed: to resolve it would lead back here
            return _choose(scenario, ("Condition", repr(argument)[:200]))
    value = scenario.resolve(node, ()).value
    if isinstance(value, Unknown):
        return _choose(scenario, ("Condition", value.expression))
    return scalar_text(value).lower() == "true"


def _equals(scenario: Scenario, operands: list[Any]) -> bool:
    """Fn::Equals compares texts, upper and lower case apart.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html
    """
    one, other = (scenario.plain(operand, ()) for operand in operands)
    left, right = expression_of(one), expression_of(other)
    if left == right and not _speculative(scenario, operands):
        return True
    known = isinstance(left, str) and isinstance(right, str)
    if known and not _speculative(scenario, operands):
        return False
    if _differs_by_choice(scenario, operands):
        return False
    return _choose(scenario, ("Equals", left, right), assumed=left == right if known else None)


def _differs_by_choice(scenario: Scenario, operands: list[Any]) -> bool:
    """Whether one operand is a parameter for which "none of the compared literals" was chosen, the other a literal."""
    for one, other in (operands, operands[::-1]):
        name = one.get("Ref") if isinstance(one, dict) and len(one) == 1 else None
        parameter = scenario.deployments.parameters.get(name) if isinstance(name, str) else None
        if parameter and not isinstance(other, dict | list) and scalar_text(other) in parameter.compared:
            return True
    return False


def _speculative(scenario: Scenario, operands: list[Any]) -> bool:
    """Whether the outcome rests on the default of a parameter that a deployment may change and no choice stands for."""
    for operand in operands:
        if isinstance(operand, dict) and "Ref" not in operand:
            for name in references(_raw(operand)):
                parameter = scenario.deployments.parameters.get(name)
                if parameter and not parameter.given and len(parameter.choices) == 1:
                    return True
    return False


def _raw(node: Any) -> Any:
    if isinstance(node, dict):
        if len(node) == 1 and isinstance(node.get("Ref"), str):
            return ("Ref", node["Ref"])
        return ("Map", *(_raw(value) for value in node.values()))
    if isinstance(node, list):
        return ("List", *(_raw(value) for value in node))
    return node


def _choose(scenario: Scenario, expression: Any, assumed: bool | None = None) -> bool:
    from relint.resolve.choice import Atom

    choices = (False, True) if assumed is False else (True, False)
    return bool(scenario.choose(Atom(f"{expression!r}", choices, assumed is not None)))


def _every_member(scenario: Scenario, members: Any, allowed: Any) -> bool:
    values = scenario.plain(members, ())
    options = scenario.plain(allowed, ())
    values = values if isinstance(values, list) else [values]
    options = options if isinstance(options, list) else [options]
    forms = [expression_of(value) for value in values]
    choices = [expression_of(option) for option in options]
    if all(form in choices for form in forms):
        return True
    if all(isinstance(form, str) for form in (*forms, *choices)):
        return False
    return _choose(scenario, ("Members", tuple(forms), tuple(choices)))
