"""References to KMS keys."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.model.references import Reference
    from relint.model.resource import Resource
    from relint.model.view import View


def encrypting_references(view: View, key: Resource) -> Iterator[Reference]:
    """Yield the references to a key, or to an alias of the key, from resources that encrypt with it.

    References from aliases, from other keys and from IAM policies are left out.
    """
    aliases = view.referrers(key, ("AWS::KMS::Alias",), ("Properties", "TargetKeyId"))
    for target in (key, *aliases):
        for reference in view.template.references.incoming.get(target.logical_id, ()):
            source = view.template.resources[reference.source]
            encrypts = not source.type.startswith(("AWS::KMS::", "AWS::IAM::")) and len(reference.property) > 1
            if encrypts and reference.property[0] == "Properties" and view.is_active(reference) and view.exists(source):
                yield reference
