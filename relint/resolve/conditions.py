"""Condition functions of the Conditions and Rules sections: Fn::And, Fn::Equals, Fn::Contains and so on."""

from __future__ import annotations

from collections.abc import Callable

from relint._typing import TYPE_CHECKING, Any
from relint.resolve.choice import Choice, ConditionResults
from relint.resolve.value import Expression, Unknown, expression_of, referenced_name, references, scalar_text

if TYPE_CHECKING:
    from relint.resolve.scenario import Scenario


def evaluate_condition(scenario: Scenario, node: Any) -> bool:
    """Return whether a condition function is true; a result that is unknown becomes a choice of the scenario."""
    if isinstance(node, dict) and len(node) == 1:
        ((name, argument),) = node.items()
        operands = argument if isinstance(argument, list) else [argument]
        if name == "Condition" and isinstance(argument, str):
            return scenario.condition_value(argument)
        if name == "Fn::And":
            return all(evaluate_condition(scenario, operand) for operand in operands)
        if name == "Fn::Or":
            return any(evaluate_condition(scenario, operand) for operand in operands)
        if name == "Fn::Not":
            return not evaluate_condition(scenario, operands[0] if operands else False)
        if name == "Fn::Equals" and len(operands) == 2:
            return _are_equal(scenario, operands)
        if name == "Fn::Contains" and len(operands) == 2:
            return _is_subset(scenario, members=[operands[1]], allowed=operands[0])
        if name in ("Fn::EachMemberIn", "Fn::EachMemberEquals") and len(operands) == 2:
            return _is_subset(scenario, members=operands[0], allowed=operands[1])
        if name == "Fn::Equals":  # malformed; resolving the function would call this one again without end
            return _choose(scenario, ("Condition", repr(argument)[:200]))
    value = scenario.resolve(node, ()).value
    if isinstance(value, Unknown):
        return _choose(scenario, ("Condition", value.expression))
    return scalar_text(value).lower() == "true"


def _are_equal(scenario: Scenario, operands: list[Any]) -> bool:
    """Evaluate Fn::Equals, which compares texts and distinguishes upper and lower case.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html
    """
    return take_result(scenario, operands, lambda trial: _compare(trial, operands))


def take_result(scenario: Scenario, node: Any, evaluate: Callable[[Scenario], bool | Choice]) -> bool:
    """Return the result of a condition function, or of a named condition, of the template.

    If the result depends on one choice only, the options with the same result are taken together.
    """
    results = scenario.deployments.condition_results(node, lambda: _results_by_option(scenario, evaluate))
    if results is None:
        result = evaluate(scenario)
    elif results.choice is None:
        result = results.by_option[None]
    else:
        result = results.by_option[scenario.choose(results.choice, results.by_option.__getitem__)]
    return bool(scenario.choose(result)) if isinstance(result, Choice) else result


def _results_by_option(scenario: Scenario, evaluate: Callable[[Scenario], bool | Choice]) -> ConditionResults | None:
    """Return the results by the only choice on which they depend; None if there are several."""
    default = scenario.start_trial({})
    result = evaluate(default)
    if not default.choices_made:
        return None if default.conditions else ConditionResults(choice=None, by_option={None: result})
    choice, _ = next(iter(default.choices_made.values()))
    by_option = {}
    for option in choice.options:
        trial = scenario.start_trial({choice.name: (option,)})
        by_option[option] = evaluate(trial)
        if trial.conditions or trial.choices_made.keys() - {choice.name}:
            return None  # messages name the inner conditions, which therefore must be evaluated
    return ConditionResults(choice=choice, by_option=by_option)


def _compare(scenario: Scenario, operands: list[Any]) -> bool | Choice:
    """Return whether operands are equal, or the choice that this depends on."""
    left, right = (expression_of(scenario.resolve_deep(operand, ())) for operand in operands)
    if left == right and not _depends_on_default(scenario, operands):
        return True
    are_literals = isinstance(left, str) and isinstance(right, str)
    if are_literals and not _depends_on_default(scenario, operands):
        return False
    if _differs_by_choice(scenario, operands):
        return False
    return _comparison_choice(("Equals", left, right), default=left == right if are_literals else None)


def _differs_by_choice(scenario: Scenario, operands: list[Any]) -> bool:
    """Whether a parameter with the choice OTHER_VALUE is compared with a literal, which OTHER_VALUE excludes."""
    for left, right in (operands, operands[::-1]):
        name = referenced_name(left)
        parameter = scenario.deployments.parameters.get(name) if name else None
        if parameter and not isinstance(right, dict | list) and scalar_text(right) in parameter.compared_literals:
            return True
    return False


def _depends_on_default(scenario: Scenario, operands: list[Any]) -> bool:
    """Whether an operand contains a parameter whose default a deployment may replace, and which is not a choice."""
    for operand in operands:
        if isinstance(operand, dict) and "Ref" not in operand:
            for name in references(_unresolved_expression(operand)):
                parameter = scenario.deployments.parameters.get(name)
                if parameter and not parameter.is_given and len(parameter.choices) == 1:
                    return True
    return False


def _unresolved_expression(node: Any) -> Expression:
    """Return the nesting of a template node as an expression whose only calls are Ref, Map and List."""
    if isinstance(node, dict):
        if len(node) == 1 and isinstance(node.get("Ref"), str):
            return ("Ref", node["Ref"])
        return ("Map", *(_unresolved_expression(value) for value in node.values()))
    if isinstance(node, list):
        return ("List", *(_unresolved_expression(value) for value in node))
    return node


def _choose(scenario: Scenario, expression: Expression) -> bool:
    return bool(scenario.choose(_comparison_choice(expression)))


def _comparison_choice(expression: Expression, *, default: bool | None = None) -> Choice:
    options = (False, True) if default is False else (True, False)
    return Choice(f"{expression!r}", options, has_default=default is not None)


def _is_subset(scenario: Scenario, members: Any, allowed: Any) -> bool:
    values = scenario.resolve_deep(members, ())
    options = scenario.resolve_deep(allowed, ())
    member_expressions = [expression_of(value) for value in (values if isinstance(values, list) else [values])]
    allowed_expressions = [expression_of(option) for option in (options if isinstance(options, list) else [options])]
    if all(expression in allowed_expressions for expression in member_expressions):
        return True
    if all(isinstance(expression, str) for expression in (*member_expressions, *allowed_expressions)):
        return False
    return _choose(scenario, ("Members", tuple(member_expressions), tuple(allowed_expressions)))
