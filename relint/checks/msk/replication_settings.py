"""Whether a Kafka configuration keeps enough copies, and takes writes while one broker is away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test, as_number, is_equal
from relint.logic.truth import Truth
from relint.model.text.java_properties import PropertiesText, read_properties
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View

_COPIES = "default.replication.factor"
_IN_SYNC = "min.insync.replicas"
_UNCLEAN = "unclean.leader.election.enable"


class _User(NamedTuple):
    """What matters of a cluster: in how many zones it lies (None if not known), and whether its storage is tiered."""

    zones: int | None
    tiered: Truth


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """One problem for an AWS::MSK::Configuration, for the worst of the clusters that use it.

    Messages: `single` and `blocked` (errors), `few`, `alone` and `unclean` (warnings), `half` and `default-unclean`
    (notes). What the text leaves out has the value that MSK gives it, which depends on the number of zones. Express
    brokers fix all of this themselves.

    https://docs.aws.amazon.com/msk/latest/developerguide/msk-default-configuration.html
    """
    written = view.get(resource, "Properties", "ServerProperties")
    if written.value is ABSENT or isinstance(written.value, dict | list):
        return
    clusters = view.referrers(resource, ("AWS::MSK::Cluster",), ("Properties", "ConfigurationInfo"))
    users = [_user(view, cluster) for cluster in clusters if not _is_express(view, cluster)]
    if clusters and not users:
        return
    text = read_properties(written.value)
    found: list[tuple[str, Level]] = []
    for user in users or [_User(None, False)]:
        for item in (_copies(text, user), _election(text, user, bool(users))):
            if isinstance(item, Unknown):
                yield item
            elif item is not None:
                found.append(item)
    if found:
        message, level = min(found, key=lambda item: ("error", "warning", "note").index(item[1]))
        yield Problem(written.path, {}, (), message, level)


def _is_express(view: View, cluster: Resource) -> bool:
    kind = view.get(cluster, "Properties", "BrokerNodeGroupInfo", "InstanceType").value
    return isinstance(kind, str) and kind.startswith("express.")


def _user(view: View, cluster: Resource) -> _User:
    subnets = view.scenario.items(view.get(cluster, "Properties", "BrokerNodeGroupInfo", "ClientSubnets"))
    endless = any(isinstance(one.value, Unknown) and _is_list(one.value) for one in subnets)
    tiered = apply_test("equals", view.get(cluster, "Properties", "StorageMode").value, "TIERED")
    return _User(len(subnets) if len(subnets) in (2, 3) and not endless else None, tiered)


def _is_list(value: Unknown) -> bool:
    return isinstance(value.expression, tuple) and value.expression[:1] == ("Items",)


def _copies(text: PropertiesText, user: _User) -> tuple[str, Level] | Unknown | None:
    """What is wrong with the number of copies, and of those that must be in sync."""
    if text.get(_COPIES) is ABSENT and text.get(_IN_SYNC) is ABSENT:
        return None
    copies = _setting(text, _COPIES, user.zones, 2, 3)
    insync = _setting(text, _IN_SYNC, None if user.zones is None else user.zones - 1, 1, 2)
    if apply_test("equals", copies, 1) is True:
        return "single", "error"
    blocked = apply_test("min", insync, copies)
    if blocked is True:
        return "blocked", "error"
    if isinstance(blocked, Unknown):
        return blocked
    enough = apply_test("min", copies, 3)
    if enough is False and user.zones == 3:
        return "few", "warning"
    if enough is not True and user.zones is None:
        return Unknown((_COPIES,), "how many zones the brokers lie in is not known")
    if apply_test("max", insync, 1) is True and text.get(_IN_SYNC) is not ABSENT:
        return ("half", "note") if user.zones == 2 else ("alone", "warning")
    return None


def _setting(text: PropertiesText, key: str, default: int | None, least: int, most: int) -> Any:
    """A number of the text, or what MSK takes instead; what is no number is Unknown."""
    value = text.get(key)
    if value is ABSENT and default is None:
        return Unknown((key,), f'the default of "{key}" depends on the number of zones', least, most)
    if value is ABSENT or isinstance(value, Unknown):
        return default if value is ABSENT else value
    return value if as_number(value) is not None else Unknown((key, value), f'"{key}" is no number')


def _election(text: PropertiesText, user: _User, used: bool) -> tuple[str, Level] | Unknown | None:
    """What is wrong with who may become the leader of a partition."""
    unclean = text.get(_UNCLEAN)
    if isinstance(unclean, Unknown):
        return unclean
    if unclean is not ABSENT:
        return ("unclean", "warning") if is_equal(unclean, True) else None
    if user.tiered is True:
        return None
    if isinstance(user.tiered, Unknown):
        return user.tiered
    if not used:
        return Unknown((_UNCLEAN,), "whether the storage of the clusters is tiered is not known")
    return "default-unclean", "note"
