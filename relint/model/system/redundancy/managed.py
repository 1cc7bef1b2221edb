"""Services whose redundancy is the business of AWS, and resources of which nobody can tell it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from relint._typing import TYPE_CHECKING
from relint.model.system.redundancy.record import Count, Redundancy, Scope
from relint.model.system.resource_groups import state_of
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_GLOBAL = ("AWS::CloudFront::", "AWS::GlobalAccelerator::", "AWS::IAM::", "AWS::Organizations::", "AWS::Route53::")
"""Services whose data plane is not bound to a Region.

https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html (2026-11-28)
"""


def _managed(view: View, resource: Resource) -> Redundancy:
    """Return the redundancy of a service that AWS runs in several zones or Regions."""
    scope: Scope = "global" if resource.type.startswith(_GLOBAL) else "regional"
    several = Count(lower=2, upper=None, path=resource.path)
    return Redundancy(scope=scope, units=several, zones=several, state=state_of(resource.type), spread="proven")


def _opaque(view: View, resource: Resource) -> Redundancy:
    """Return that the redundancy of a custom resource is unknown."""
    unknown = Unknown(("Custom", resource.logical_id), "a custom resource makes it")
    count = Count(lower=1, upper=None, path=resource.path, unknown=unknown)
    return Redundancy(scope="regional", units=count, zones=count)


READERS: Mapping[str, Callable[[View, Resource], Redundancy]] = {"AWS": _managed, "Custom": _opaque}
