"""The deliveries of a template whose target is in the template."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of
from relint.model.aws.deliveries.senders import ACTIONS, FUNCTIONS, SENDERS, Sender
from relint.model.aws.deliveries.services import SERVICES
from relint.model.aws.policies.arns import ARN_SHAPES, account_of, arn_of, arn_with, text_of
from relint.model.aws.policies.conditions import SERVICE_CONTEXT
from relint.model.aws.policies.patterns import FREE, FREE_END, FREE_NAME, Text, generated, joined
from relint.resolve.value import ABSENT, Located, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


_MAX_PATH_PARTS = 20
"""How many parents of a path are followed, because a hostile template may have a circle of them."""


class Delivery(NamedTuple):
    """A delivery from `source` to `target`, which the value at `path` names.

    `target_arn` is the ARN in the request, with the alias or version of a function. `role` is the role that the service
    assumes (ABSENT without one). `context` are the context keys of the request. `enabled` is True, or Unknown if only
    the deployment decides whether the source is enabled.
    """

    sender: Sender
    source: Resource
    path: tuple[str | int, ...]
    target: Resource
    target_arn: Text
    role: Located
    context: dict[str, Any]
    enabled: Truth

    @property
    def service(self) -> str:
        """The first part of the service principal."""
        return self.sender.service

    @property
    def action(self) -> str:
        """The action for which the service needs permission."""
        return ACTIONS[self.target.type]


def deliveries_of(view: View, source: Resource) -> Iterator[Delivery]:
    """Yield the deliveries of a resource to resources of the template; one that is disabled delivers nothing."""
    senders = [sender for sender in SENDERS if sender.source_type == source.type]
    if not senders or view.template.by_type.keys().isdisjoint(ACTIONS):
        return
    enabled = _is_enabled(view, source)
    if enabled is False:
        return
    for sender in senders:
        for item in view.select(source, sender.item):
            value = view.scenario.descend(item, sender.target)
            for target, arn in _target(view, value, sender.to or tuple(ACTIONS)):
                role = view.scenario.descend(item, sender.role) if sender.role else Located(ABSENT, item.path)
                context = _context(view, sender, source)
                yield Delivery(sender, source, value.path, target, arn, role, context, enabled)


def deliveries(view: View) -> list[Delivery]:
    """Return the deliveries of a template."""
    return view.cached("deliveries", _all_deliveries)


def deliveries_to(view: View, target: Resource) -> Iterator[Delivery]:
    """Yield the deliveries to a queue, topic or function; those that name it by its ARN, too, if it has a name."""
    name = ARN_SHAPES[target.type].name_property if target.type in ARN_SHAPES else ""
    if name and view.get(target, "Properties", name).value is not ABSENT:
        yield from (delivery for delivery in deliveries(view) if delivery.target == target)
        return
    references = view.template.references.incoming.get(target.logical_id, ())
    for logical_id in dict.fromkeys(reference.source for reference in references):
        source = view.template.resources[logical_id]
        if view.exists(source):
            yield from (delivery for delivery in deliveries_of(view, source) if delivery.target == target)


def _all_deliveries(view: View) -> list[Delivery]:
    types = dict.fromkeys(sender.source_type for sender in SENDERS)
    return [delivery for source in view.resources(*types) for delivery in deliveries_of(view, source)]


def _is_enabled(view: View, source: Resource) -> Truth:
    """Return whether an alarm, a rule or a schedule is enabled; all other sources are."""
    actions = view.get(source, "Properties", "ActionsEnabled").value
    state = view.get(source, "Properties", "State").value
    return all_of(
        (
            actions is ABSENT or apply_test("equals", actions, operand=False, negate=True),
            state is ABSENT or apply_test("equals", state, "DISABLED", negate=True),
        )
    )


def _target(view: View, value: Located, types: tuple[str, ...]) -> Iterator[tuple[Resource, Text]]:
    """Yield the target that a value names, if it exists in the template, with the ARN that the value means."""
    if value.value is ABSENT or isinstance(value.value, dict | list):
        return
    text = text_of(view, value.value)
    if set(FUNCTIONS) & set(types):
        text = _function_in(text)
    named = view.target(value, *types)
    if named is None and text and isinstance(text[0], str) and text[0].startswith("arn:"):
        targets = view.cached("resources by ARN", _resources_by_arn)
        named = targets.get(text) or targets.get(_unqualified(text))
    elif named is not None:
        text = arn_of(view, named) or text  # the URL of a queue, too
    if named is not None and named.type in types and view.exists(named):
        yield named, text


def _function_in(text: Text) -> Text:
    """Return the ARN of a function, also from the URI of an integration or authorizer of an API."""
    for index, part in enumerate(text):
        if isinstance(part, str) and ":lambda:path/" in part and "/functions/" in part:
            rest = joined((part.partition("/functions/")[2], *text[index + 1 :]))
            if rest and rest[0] == "arn:" and isinstance(rest[-1], str):
                return joined((*rest[:-1], rest[-1].removesuffix("/invocations")))
    if text and isinstance(text[-1], str):
        text = joined((*text[:-1], text[-1].removesuffix("/invocations")))
    return text


def _unqualified(text: Text) -> Text:
    """Return the ARN of a function without the alias or version at its end."""
    last = text[-1] if text else ""
    if isinstance(last, str) and ":" in last and "/" not in last:
        return joined((*text[:-1], last.rpartition(":")[0]))
    return joined((*text[:-2], text[-2].removesuffix(":"))) if len(text) > 2 and isinstance(text[-2], str) else text


def _resources_by_arn(view: View) -> dict[Text, Resource]:
    resources = [resource for name in ACTIONS for resource in view.template.by_type.get(name, ())]
    return {arn: resource for resource in resources if (arn := arn_of(view, resource)) is not None}


def _context(view: View, sender: Sender, source: Resource) -> dict[str, Any]:
    """Return the context keys of a request of the service."""
    service = SERVICES[sender.service]
    context: dict[str, Any] = dict(SERVICE_CONTEXT)
    context["aws:sourcearn"] = _source_arn(view, sender, source)
    if service.source_account:
        context["aws:sourceaccount"] = account_of(view)
    if service.default_topic_policy is not None:
        context["aws:sourceowner"] = account_of(view) if service.default_topic_policy else ABSENT
    return context


def _source_arn(view: View, sender: Sender, source: Resource) -> Text:
    if sender.source_arn == "self":
        return arn_of(view, source) or (FREE,)
    if sender.source_arn == "log group":
        name = view.get(source, "Properties", "LogGroupName").value
        return arn_with(view, "logs", ("log-group:", *text_of(view, name), FREE_END))
    if sender.source_arn == "api":
        return _api_arn(view, source)
    if isinstance(sender.source_arn, tuple):
        return text_of(view, view.get(source, "Properties", *sender.source_arn).value)
    return (FREE,)


def _api_arn(view: View, source: Resource) -> Text:
    """Return the ARN of the requests that an integration or authorizer serves.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
    """
    api: Text = (generated(source.logical_id),)
    for name in ("RestApiId", "ApiId"):
        value = view.get(source, "Properties", name).value
        if value is not ABSENT:
            api = text_of(view, value)
    end: Text = ("/", FREE)
    if source.type.endswith("Authorizer"):
        end = ("/authorizers/", FREE_NAME)
    elif source.type == "AWS::ApiGateway::Method":
        method = view.get(source, "Properties", "HttpMethod").value
        is_one = isinstance(method, str) and method != "ANY"
        end = ("/", FREE_NAME, "/", scalar_text(method) if is_one else FREE_NAME, *_path_of(view, source))
    return arn_with(view, "execute-api", (*api, *end))


def _path_of(view: View, source: Resource) -> Text:
    """Return the path of a method, with anything in place of its variables; anything if the files do not tell."""
    path: Text = ()
    located = view.get(source, "Properties", "ResourceId")
    for _ in range(_MAX_PATH_PARTS):
        parent = view.target(located)
        if parent is not None and parent.type == "AWS::ApiGateway::RestApi":
            return joined(path) or (FREE_END,)
        if parent is None or parent.type != "AWS::ApiGateway::Resource":
            return ("/", FREE)
        part = view.get(parent, "Properties", "PathPart").value
        if not isinstance(part, str) or part.endswith("+}"):
            part = FREE
        path = ("/", FREE_NAME if str(part).startswith("{") else part, *path)
        located = view.get(parent, "Properties", "ParentId")
    return ("/", FREE)
