"""Resources of a template that use a KMS key."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.aws.kms import encrypting_references

if TYPE_CHECKING:
    from relint.model.references import Reference
    from relint.model.resource import Resource
    from relint.model.view import View

_TRANSIENT_TYPES = ("AWS::SNS::Topic", "AWS::SQS::Queue", "AWS::Logs::LogGroup")
_PASSWORD_PROPERTIES = ("MasterUserSecret", "MasterUserSecretKmsKeyId", "MasterPasswordSecretKmsKeyId")
"""Properties with the key of the generated password of a database, not of its data."""


def fact(resource: Resource, view: View, *, lasting: bool = False) -> int:
    """Return the number of resources that encrypt with the key or an alias.

    With `lasting`, messages, log groups and generated passwords are left out, because they are not kept.
    """
    references = encrypting_references(view, resource)
    return len({reference.source for reference in references if not (lasting and _is_transient(view, reference))})


def _is_transient(view: View, reference: Reference) -> bool:
    source = view.template.resources[reference.source]
    return source.type in _TRANSIENT_TYPES or reference.property[1] in _PASSWORD_PROPERTIES
