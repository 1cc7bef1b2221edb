"""Health checks that fail with what lies behind the target, and by which targets are replaced.

https://aws.amazon.com/builders-library/implementing-health-checks/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.model.aws.auto_scaling import TRAFFIC
from relint.model.system.resource_groups import DATABASES, LOAD_BALANCERS, SERVED
from relint.resolve.value import ABSENT, Located, Unknown, expression_of, literal_text, references

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_WORDS = frozenset({"all", "database", "db", "deep", "downstream", "external", "full", "redis"})
_STEMS = ("dependen",)
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_URL = re.compile(r"https?://(?P<host>\[[^\]]*\]|[^/:\s'\"|;]+)(?::[^/\s'\"|;]*)?(?P<path>[^\s'\"|;]*)")
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "0.0.0.0"})
_VARIABLE = re.compile(r"\$\{?(\w+)")
_DEPENDENCIES = frozenset({*DATABASES, *LOAD_BALANCERS, *SERVED})
_GROUP = "AWS::AutoScaling::AutoScalingGroup"
_SERVICE = "AWS::ECS::Service"
_TASK = "AWS::ECS::TaskDefinition"
_CLASSIC = "AWS::ElasticLoadBalancing::LoadBalancer"


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at a health check that asks for more than the target, if what fails it is replaced.

    A path is suspicious if it contains a word such as "deep" or "database", and the command of a container if it names
    a database, a load balancer, another host or such a path. Message `default` for load balancers, `container` for
    commands. Message values: `value` and `terminator`, or `container` and `value`. Unknown if the health check type of
    the Auto Scaling group decides and is unknown.
    """
    if resource.type == _TASK:
        yield from _container_problems(view, resource)
        return
    is_classic = resource.type == _CLASSIC
    steps = ("HealthCheck", "Target") if is_classic else ("HealthCheckPath",)
    path = view.get(resource, "Properties", *steps)
    text = "" if path.value is ABSENT else literal_text(expression_of(path.value))
    if not _is_suspicious(text.partition("/")[2]):
        return
    for group in _groups(view, resource):
        checks = view.get(group, "Properties", "HealthCheckType")
        if isinstance(checks.value, Unknown):
            yield checks.value
        elif checks.value is not ABSENT and "ELB" in str(checks.value).split(","):
            yield _problem(path, text, group, checks.path)
            return
    for service in view.referrers(resource, (_SERVICE,), ("Properties", "LoadBalancers")):
        yield _problem(path, text, service, service.path)
        return


def _problem(path: Located, text: str, terminator: Resource, place: Any) -> Problem:
    related = ((place, f'"{terminator.logical_id}" replaces what fails the check.'),)
    return Problem(path.path, values={"value": text, "terminator": terminator.logical_id}, related=related)


def _groups(view: View, resource: Resource) -> list[Resource]:
    groups = [group for name in TRAFFIC for group in view.referrers(resource, (_GROUP,), ("Properties", name))]
    return list({group.logical_id: group for group in groups}.values())


def _is_suspicious(path: str) -> bool:
    tokens = [token.lower() for token in _TOKEN.findall(path)]
    return any(token in _WORDS or token.startswith(_STEMS) for token in tokens)


def _container_problems(view: View, task: Resource) -> Iterator[Problem]:
    """Yield a problem for each essential container whose command asks others, if a service may run the task."""
    references_to_task = view.template.references.incoming.get(task.logical_id, ())
    users = [view.template.resources[reference.source].type for reference in references_to_task]
    if users and _SERVICE not in users:
        return
    for container in view.select(task, ("Properties", "ContainerDefinitions", "*")):
        command = view.get(container, "HealthCheck", "Command")
        is_optional = apply_test("equals", view.get(container, "Essential").value, operand=False)
        asked = _asked(view, container, command) if is_optional is False else None
        if asked is not None:
            name = literal_text(expression_of(view.get(container, "Name").value))
            yield Problem(command.path, values={"container": name, "value": asked}, message="container")


def _asked(view: View, container: Located, command: Located) -> str | None:
    """Return the resource, host or path for which a command asks; None if it asks for the container only."""
    parts = [expression_of(item.value) for item in view.scenario.items(command)]
    text = " ".join(literal_text(part) for part in parts)
    names = set().union(*(references(part) for part in parts))
    for variable in view.select(container, ("Environment", "*")):
        if view.get(variable, "Name").value in _VARIABLE.findall(text):
            names |= references(expression_of(view.get(variable, "Value").value))
    resources = view.template.resources
    for name in sorted(names):
        if name in resources and resources[name].type in _DEPENDENCIES:
            return name
    for url in _URL.finditer(text):
        if url["host"] not in _LOCAL_HOSTS and "." in url["host"] and not url["host"].startswith("$"):
            return url["host"]
        if _is_suspicious(url["path"]):
            return url["path"]
    return None
