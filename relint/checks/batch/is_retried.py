"""Retry strategies of AWS Batch jobs that retry nothing."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of, negate
from relint.resolve.value import ABSENT, Located, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_CONDITIONS = ("OnStatusReason", "OnReason", "OnExitCode")


def fact(resource: Resource, view: View) -> Truth:
    """Whether the list EvaluateOnExit lets a job be tried again; True without a list.

    The first item whose conditions all match decides, and a job that matches none is retried. On Fargate there is no
    instance to lose, so no status reason begins with "Host EC2".
    https://docs.aws.amazon.com/batch/latest/APIReference/API_EvaluateOnExit.html
    https://docs.aws.amazon.com/batch/latest/userguide/job_retries.html
    """
    is_fargate = any_of(
        apply_test("equals", platform.value, "FARGATE")
        for platform in view.select(resource, ("Properties", "PlatformCapabilities", "*"))
    )
    reachable: Truth = True
    retried: list[Truth] = []
    for item in view.select(resource, ("Properties", "RetryStrategy", "EvaluateOnExit", "*")):
        if isinstance(item.value, Unknown):
            return item.value
        retries = _starts_with(view.get(item, "Action").value, "retry")
        retried.append(all_of((reachable, retries, negate(all_of((is_fargate, _is_lost_host(view, item)))))))
        reachable = all_of((reachable, any_of((retries, negate(_matches_everything(view, item))))))
    return any_of((*retried, reachable))


def _is_lost_host(view: View, item: Located) -> Truth:
    return _starts_with(view.get(item, "OnStatusReason").value, "host ec2")


def _starts_with(value: Any, text: str) -> Truth:
    if isinstance(value, Unknown):
        return value
    return value is not ABSENT and scalar_text(value).lower().startswith(text)


def _matches_everything(view: View, item: Located) -> Truth:
    values = (view.get(item, name).value for name in _CONDITIONS)
    return all_of(apply_test("equals", value, "*") for value in values if value is not ABSENT)
