"""Keys for copies in other Regions that do not exist there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.model.aws.kms import key_region
from relint.model.aws.region import is_same_as_stack
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT, Absent, Located, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View


def check(
    resource: Resource, view: View, copies: Steps, regions: Sequence[str], key: Steps, switch: Steps = ()
) -> Iterator[Problem | Unknown]:
    """Yield a problem at the key of each of `copies` that lies in another Region than the copy.

    A copy has its Region in one of the members `regions` and its key at `key`, and makes no use of the key if `switch`
    is false. Values: `target`, and `region` for the message `default`; message `own` for a key of the stack's Region.
    Unknown if the two Regions may differ.
    """
    for copy in view.select(resource, copies):
        if switch and apply_test("equals", view.get(copy, *_names(switch)).value, operand=False) is True:
            continue
        target = next((found for name in regions if (found := view.get(copy, name)).value is not ABSENT), None)
        named = view.get(copy, *_names(key))
        if target is not None and named.value is not ABSENT:
            yield from _compare(view, named, target.value)


def _names(steps: Steps) -> list[str]:
    return [str(step) for step in steps]


def _compare(view: View, named: Located, target: str | Unknown) -> Iterator[Problem | Unknown]:
    region = key_region(view, named)
    if isinstance(region, Absent) or expression_of(region) == expression_of(target):
        return
    if isinstance(target, str) and target.startswith("arn:"):
        return  # an Outpost
    label = describe_expression(expression_of(target))
    here = expression_of(view.scenario.parameter_value("AWS::Region"))
    if expression_of(region) == here:
        is_here = is_same_as_stack(view, "AWS::Region", target)
        if isinstance(is_here, Unknown):
            yield is_here
        elif not is_here:
            yield Problem(named.path, values={"target": label}, message="own")
    elif isinstance(region, Unknown):
        yield region
    elif isinstance(target, Unknown):
        if expression_of(target) != here:  # a literal key for the own Region: the stack is meant for one Region
            yield target
    else:
        yield Problem(named.path, values={"target": label, "region": region})
