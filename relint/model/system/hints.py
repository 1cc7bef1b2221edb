"""Hints that a resource uses another: security groups that let it in, and permissions on the ARN of the other.

A hint is no proof: a group or a permission may be there for nothing. Two hints of different kinds that agree are taken
for a dependency. Only those that ask build the hints.
https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.model.system.edges import edges_of
from relint.model.system.group_rules import CLIENTS, group_rules, members_by_group
from relint.model.system.permissions import permissions
from relint.model.system.relation import Relation
from relint.model.system.resource_groups import CONNECTORS, DATABASES, GROUPS

if TYPE_CHECKING:
    from relint.model.references import Reference
    from relint.model.template import Template
    from relint.model.view import View

MAX_HINTS = 5_000
"""Hints of each kind in one template; a limit for templates in which every group lets in every other."""

_STORES = frozenset((*DATABASES, *GROUPS["event sources"], "AWS::EFS::FileSystem", "AWS::FSx::FileSystem"))
_LET_IN = Relation(
    kind="data",
    source_type="*",
    path=(),
    target_types=_STORES,
    verb="may connect to",
    strength="UNKNOWN",
    basis="inferred",
    page="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
)
_PERMITTED = _LET_IN._replace(
    target_types=frozenset(GROUPS["addressed"]),
    verb="may use",
    page="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
)
_BOTH = _LET_IN._replace(verb="may connect to and use", strength="HARD")


class Hint(NamedTuple):
    """A dependency that the template suggests: `references` are all places that it needs, the telling one first.

    The relation has the strength UNKNOWN for one hint, HARD for two of different kinds.
    """

    source: str
    target: str
    relation: Relation
    references: tuple[Reference, ...]

    def is_active(self, view: View) -> bool:
        """Whether a scenario has the resources and all references."""
        resources = view.template.resources
        names = {self.source, self.target, *(reference.source for reference in self.references)}
        names |= {reference.target for reference in self.references}
        return all(view.exists(resources[name]) for name in names) and all(map(view.is_active, self.references))


def hints_of(template: Template) -> Mapping[str, Sequence[Hint]]:
    """Return the hints of a template in all its deployments, by their source; built once.

    Hints for what an edge already says are left out.
    """
    if "hints" not in template.cache:
        template.cache["hints"] = _build_hints(template)
    hints: dict[str, list[Hint]] = template.cache["hints"]
    return hints


def _build_hints(template: Template) -> dict[str, list[Hint]]:
    hints: dict[str, list[Hint]] = {}
    permitted = {(hint.source, hint.target): hint for hint in _permission_hints(template)}
    let_in = {(hint.source, hint.target): hint for hint in _group_hints(template)}
    for (source, target), hint in let_in.items():
        parts = (source, *_parts(template, source))
        if any(_is_known(template, part, target) for part in parts):
            continue
        other = next((permitted.pop((part, target)) for part in parts if (part, target) in permitted), None)
        if other:
            hint = hint._replace(relation=_BOTH, references=(*hint.references, *other.references))
        hints.setdefault(source, []).append(hint)
    for (source, target), hint in permitted.items():
        if not _is_known(template, source, target):
            hints.setdefault(source, []).append(hint)
    return hints


def _group_hints(template: Template) -> Iterator[Hint]:
    """Yield a hint for each client in a security group, and each store in a group that lets the former in."""
    members = members_by_group(template)
    resources = template.resources
    count = 0
    for rule in group_rules(template):
        for client in members.get(rule.client_group, ()):
            for store in members.get(rule.store_group, ()):
                if resources[client.source].type not in CLIENTS:
                    break
                target = _store(template, store.source)
                if target is not None and target != client.source:
                    count += 1
                    if count > MAX_HINTS:
                        return
                    yield Hint(client.source, target, _LET_IN, (*rule.references, client, store))


def _permission_hints(template: Template) -> Iterator[Hint]:
    types = frozenset(GROUPS["addressed"])
    for count, permission in enumerate(permissions(template)):
        target = permission.references[0].target
        if count > MAX_HINTS:
            return
        if template.resources[target].type in types and permission.client != target:
            yield Hint(permission.client, target, _PERMITTED, permission.references)


def _store(template: Template, logical_id: str) -> str | None:
    """Return the store to which a member of a group belongs: itself, or the file system of a mount target."""
    resource = template.resources[logical_id]
    if resource.type == "AWS::EFS::MountTarget":
        references = template.references.outgoing.get(logical_id, ())
        systems = (one.target for one in references if one.property == ("Properties", "FileSystemId"))
        return next(systems, None)
    return logical_id if resource.type in _STORES else None


def _parts(template: Template, logical_id: str) -> list[str]:
    """Return what describes a resource, such as the task definition of a service."""
    edges = edges_of(template).outgoing.get(logical_id, ())
    return [edge.target for edge in edges if edge.relation.kind == "part"]


def _is_known(template: Template, source: str, target: str) -> bool:
    """Whether an edge leads from the source to the target, or the target hands its work to the source."""
    edges = edges_of(template).outgoing
    if any(edge.target == target for edge in edges.get(source, ())):
        return True
    readers = [edge.target for edge in edges.get(target, ()) if edge.relation.kind == "event"]
    for reader in readers:  # grows: an event source mapping may invoke an alias of a version
        if template.resources[reader].type in CONNECTORS:
            readers += [edge.target for edge in edges.get(reader, ()) if edge.target not in readers]
    return source in readers
