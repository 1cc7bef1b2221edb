"""References to KMS keys."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.model.graph import Edge
    from relint.model.resource import Resource
    from relint.model.view import View


def encrypting_references(view: View, key: Resource) -> Iterator[Edge]:
    """Yield the references to a key, or to an alias of the key, from resources that encrypt with it.

    References from aliases, from other keys and from IAM policies are left out.
    """
    aliases = view.referrers(key, ("AWS::KMS::Alias",), ("Properties", "TargetKeyId"))
    for target in (key, *aliases):
        for edge in view.template.graph.incoming.get(target.logical_id, ()):
            source = view.template.resources[edge.source]
            encrypts = not source.type.startswith(("AWS::KMS::", "AWS::IAM::")) and len(edge.property) > 1
            if encrypts and edge.property[0] == "Properties" and view.is_active(edge) and view.exists(source):
                yield edge
