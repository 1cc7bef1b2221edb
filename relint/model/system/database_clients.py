"""The programs that open connections to a relational database."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth
from relint.model.system.group_rules import group_rules, members_by_group
from relint.model.system.paths import edges_to
from relint.model.system.relation import Kind
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.system.edges import Edge
    from relint.model.view import View
    from relint.source.location import Path

_FUNCTION = "AWS::Lambda::Function"
_SERVICE = "AWS::ECS::Service"
_GROUP = "AWS::AutoScaling::AutoScalingGroup"
_INSTANCE = "AWS::EC2::Instance"
_LAUNCHERS = ("AWS::EC2::LaunchTemplate", "AWS::AutoScaling::LaunchConfiguration")
_HOLDERS = ("AWS::ECS::TaskDefinition", *_LAUNCHERS)
"""Types that contain the settings of programs and are run by others."""

_DATA: frozenset[Kind] = frozenset({"data"})
_PARTS: frozenset[Kind] = frozenset({"part"})
CLIENTS = (_FUNCTION, _SERVICE, _GROUP, _INSTANCE)
_READER = "ReadEndpoint"
_ADDRESSES = ("Endpoint", _READER, "MasterUserSecret")
"""The attributes of a database with which a program connects; its name is for those who manage it."""

_NAMING = ("AWS::SecretsManager::SecretTargetAttachment", "AWS::SecretsManager::Secret", "AWS::SSM::Parameter")


class Client(NamedTuple):
    """A function, service, group or instance that connects to a database itself, and where the template shows it.

    With `reads` it knows the endpoint that spreads readers over the members of a cluster. `doubt` says why it may be no
    client.
    """

    resource: Resource
    path: Path
    reads: bool = False
    doubt: Unknown | None = None


def clients_of(view: View, database: Resource) -> list[Client]:
    """Return the clients of an AWS::RDS::DBInstance or DBCluster, in the order in which the template shows them.

    A client knows an address or a secret of the database, or its security group is one that the group of the database
    admits by name. Whoever goes through a proxy, or through the Data API, is none.
    """
    return view.remembered("database clients", database, _read_clients)


def _read_clients(view: View, database: Resource) -> list[Client]:
    clients: dict[tuple[str, bool], Client] = {}
    for holder, edge in _knowing(view, database):
        for resource in _running(view, holder):
            client = Client(resource, edge.reference.path, reads=edge.reference.attribute.startswith(_READER))
            clients.setdefault((resource.logical_id, client.reads), client)
    known = {logical_id for logical_id, _ in clients}
    if not _has_proxy(view, database):
        for holder, path in _admitted(view, database):
            for resource in _running(view, holder):
                if resource.logical_id not in known:
                    clients.setdefault((resource.logical_id, False), Client(resource, path))
    found = []
    for client in clients.values():
        uses_data_api = _uses_data_api(view, client.resource, database)
        if uses_data_api is not True:
            found.append(client._replace(doubt=uses_data_api if isinstance(uses_data_api, Unknown) else None))
    return found


def databases_of(view: View, client: Resource) -> list[tuple[Resource, Client]]:
    """Return the relational databases to which a resource connects itself, in the order of the template."""

    def build(view: View) -> dict[str, list[tuple[Resource, Client]]]:
        found: dict[str, list[tuple[Resource, Client]]] = {}
        for database in view.resources("AWS::RDS::DBInstance", "AWS::RDS::DBCluster"):
            for client in clients_of(view, database):
                found.setdefault(client.resource.logical_id, []).append((database, client))
        return found

    return view.cached("databases of clients", build).get(client.logical_id, [])


def _knowing(view: View, database: Resource) -> Iterator[tuple[Resource, Edge]]:
    """Yield the resources whose settings contain an address or a secret of a database, and the edge that shows it."""
    resources = view.template.resources
    pending, seen = [database], {database.logical_id}
    for target in pending:
        for edge in edges_to(view, target, _DATA):
            source = resources[edge.source]
            if target is database and edge.relation.basis == "inferred" and not _is_address(edge):
                continue
            if source.type in _NAMING:
                if source.logical_id not in seen:
                    seen.add(source.logical_id)
                    pending.append(source)
            elif source.type in (*CLIENTS, *_HOLDERS):
                yield source, edge


def _is_address(edge: Edge) -> bool:
    return edge.reference.attribute.split(".")[0] in _ADDRESSES


def _running(view: View, holder: Resource) -> Iterator[Resource]:
    """Yield the clients that run what the settings in a resource belong to, or the client itself."""
    if holder.type in CLIENTS:
        yield holder
        return
    for edge in edges_to(view, holder, _PARTS):
        source = view.template.resources[edge.source]
        if source.type in CLIENTS:
            yield source


def _admitted(view: View, database: Resource) -> Iterator[tuple[Resource, Path]]:
    """Yield the resources in a security group that a group of the database names in a rule, and where they name it."""
    members = view.cached("members of security groups", _members)
    admitted_to = view.cached("groups that security groups admit", _admitted_groups)
    for group in view.cached("security groups by member", _groups_by_member).get(database.logical_id, ()):
        for client_group in admitted_to.get(group, ()):
            yield from members.get(client_group, ())


def _groups_by_member(view: View) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for group, resources in _members(view).items():
        for resource, _ in resources:
            groups.setdefault(resource.logical_id, []).append(group)
    return groups


def _members(view: View) -> dict[str, list[tuple[Resource, Path]]]:
    """Return the resources in each security group, and where they name it."""
    resources = view.template.resources
    return {
        group: [
            (resources[one.source], one.path)
            for one in references
            if view.exists(resources[one.source]) and view.is_active(one)
        ]
        for group, references in members_by_group(view.template).items()
    }


def _admitted_groups(view: View) -> dict[str, list[str]]:
    """Return the security groups that each one admits by a rule that names them."""
    resources = view.template.resources
    admitted: dict[str, list[str]] = {}
    for rule in group_rules(view.template):
        if all(view.exists(resources[one.source]) and view.is_active(one) for one in rule.references):
            admitted.setdefault(rule.store_group, []).append(rule.client_group)
    return admitted


def _has_proxy(view: View, database: Resource) -> bool:
    """Whether a proxy stands in front of a database, so that clients in its network may go through the proxy."""
    return any(
        view.template.resources[edge.source].type == "AWS::RDS::DBProxyTargetGroup"
        for edge in edges_to(view, database, _DATA)
    )


def _uses_data_api(view: View, client: Resource, database: Resource) -> Truth:
    """Whether a function outside of the network sends its queries to the Data API of a cluster."""
    if client.type != _FUNCTION or view.get(client, "Properties", "VpcConfig").value is not ABSENT:
        return False
    return apply_test("equals", view.get(database, "Properties", "EnableHttpEndpoint").value, operand=True)
