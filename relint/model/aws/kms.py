"""KMS keys: the references to them, and the Regions in which they lie."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.logic.predicates import apply_test
from relint.resolve.value import (
    ABSENT,
    Absent,
    Located,
    Unknown,
    expression_of,
    is_call,
    parts_of,
    references,
    split_parts,
)

if TYPE_CHECKING:
    from relint.model.references import Reference
    from relint.model.resource import Resource
    from relint.model.view import View

_KEY = "AWS::KMS::Key"


def key_region(view: View, key: Located) -> str | Unknown | Absent:
    """Return the Region of the key that a value names, as a name or as the Unknown that AWS::Region is.

    ABSENT for an alias, a key id, or the id of a multi-Region key, which mean a key of whatever Region reads them.
    Unknown for a value that the deployment decides. A key of the template lies in the Region of the stack, whatever an
    ARN with its id says, unless it is a multi-Region key.
    https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
    """
    region: str | Unknown = view.scenario.parameter_value("AWS::Region")
    target = view.target(key, _KEY, "AWS::KMS::ReplicaKey")
    if target is not None:
        is_id = is_call(expression_of(key.value), "Ref")
        return ABSENT if is_id and _is_multi_region(view, target) else region
    if view.target(key, "AWS::KMS::Alias") is not None:
        return ABSENT
    fields = split_parts(
        parts_of(expression_of(key.value)), ":", key.value.reason if isinstance(key.value, Unknown) else ""
    )
    if len(fields) != 6:
        return key.value if isinstance(key.value, Unknown) else ABSENT
    own = [resource for resource in view.resources(_KEY) if resource.logical_id in references(expression_of(fields[5]))]
    if any(not _is_multi_region(view, resource) for resource in own):
        return region
    field: str | Unknown = fields[3]
    return field


def _is_multi_region(view: View, key: Resource) -> bool:
    """Whether a key is a multi-Region key, or may be one."""
    if key.type != _KEY:
        return True
    return apply_test("equals", view.get(key, "Properties", "MultiRegion").value, operand=True) is not False


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
