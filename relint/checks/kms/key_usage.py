"""Which resources of a template use a KMS key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.model.graph import Edge
    from relint.model.resource import Resource
    from relint.model.view import View

_TRANSIENT = ("AWS::SNS::Topic", "AWS::SQS::Queue", "AWS::Logs::LogGroup")
_MASTER_SECRET = ("MasterUserSecret", "MasterUserSecretKmsKeyId", "MasterPasswordSecretKmsKeyId")
"""Properties that hold a key for the generated password of a database, not for its data."""


def fact(resource: Resource, view: View, lasting: bool = False) -> int:
    """How many resources use the key, by itself or by an alias; with `lasting`, only those that may keep data with it.

    Messages, log groups and generated passwords do not last. Aliases, keys and IAM policies use no key.
    """
    keep = [edge for edge in uses(view, resource) if not (lasting and _passing(view, edge))]
    return len({edge.source for edge in keep})


def aliases(view: View, key: Resource) -> list[Resource]:
    """The aliases that the template gives to a key."""
    return view.referrers(key, ("AWS::KMS::Alias",), ("Properties", "TargetKeyId"))


def uses(view: View, key: Resource) -> Iterator[Edge]:
    """The references to the key or to one of its aliases from resources that encrypt with it."""
    for name in (key, *aliases(view, key)):
        for edge in view.template.graph.incoming.get(name.logical_id, ()):
            source = view.template.resources[edge.source]
            encrypts = not source.type.startswith(("AWS::KMS::", "AWS::IAM::")) and len(edge.property) > 1
            if encrypts and edge.property[0] == "Properties" and view.holds(edge) and view.exists(source):
                yield edge


def _passing(view: View, edge: Edge) -> bool:
    return view.template.resources[edge.source].type in _TRANSIENT or edge.property[1] in _MASTER_SECRET
