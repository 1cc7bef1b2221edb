"""Redundancy of volumes, file systems and buckets of one zone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from relint._typing import TYPE_CHECKING
from relint.model.system.redundancy.record import Count, Redundancy, choice, exactly
from relint.model.system.redundancy.values import path_of, places_of
from relint.model.zone_members import members_of, zone_of_resource
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_CONFIGURATIONS = {
    "WINDOWS": "WindowsConfiguration",
    "ONTAP": "OntapConfiguration",
    "OPENZFS": "OpenZFSConfiguration",
    "LUSTRE": "LustreConfiguration",
}


def _volume(view: View, resource: Resource) -> Redundancy:
    """Return that AWS keeps copies of a volume, but in its zone only.

    https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volumes.html (2026-11-28)
    """
    place = zone_of_resource(view, resource)
    count = exactly(1, path_of(resource, "AvailabilityZone"), "one-volume", "SIM-702")
    return Redundancy("zonal", units=count, zones=count, state="durable", spread="proven", places=(place,))


def _elastic_file_system(view: View, resource: Resource) -> Redundancy:
    zone = view.get(resource, "Properties", "AvailabilityZoneName")
    several = Count(lower=2, upper=None, path=resource.path)
    if zone.value is ABSENT:
        return Redundancy("regional", units=several, zones=several, state="durable", spread="proven")
    zones = exactly(1, zone.path, "one-zone", "EFS-701")
    places = tuple(members_of(view, [zone]))
    return Redundancy("zonal", units=several, zones=zones, state="durable", spread="proven", places=places)


def _file_system(view: View, resource: Resource) -> Redundancy:
    """Return the file servers of FSx: a pair where the deployment type has a standby, else one that is replaced.

    Those of ONTAP and Lustre are more than one in any case.
    https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystem.html (2026-11-28)
    """
    kind = view.get(resource, "Properties", "FileSystemType").value
    name = _CONFIGURATIONS.get(scalar_text(kind)) if not isinstance(kind, Unknown) and kind is not ABSENT else None
    path = path_of(resource, *([name] if name else []), "DeploymentType")
    deployment = view.get(resource, "Properties", name, "DeploymentType").value if name else kind
    text = "" if isinstance(deployment, Unknown) or deployment is ABSENT else scalar_text(deployment)
    unknown = deployment if isinstance(deployment, Unknown) else None
    zones = choice(unknown or "MULTI_AZ" in text, 2, 1, path, "one-zone", "FSX-701")
    has_standby = (
        unknown or "MULTI_AZ" in text or "_HA_" in text or name in ("OntapConfiguration", "LustreConfiguration")
    )
    units = choice(has_standby, 2, 1, path, "one-server", "FSX-701")
    return Redundancy(
        "unit", units=units, zones=zones, state="durable", spread="proven", places=places_of(view, resource)
    )


def _directory_bucket(view: View, resource: Resource) -> Redundancy:
    several = Count(lower=2, upper=None, path=resource.path)
    zones = exactly(1, path_of(resource, "LocationName"), "one-zone", "S3-605")
    return Redundancy("zonal", units=several, zones=zones, state="durable", spread="proven")


READERS: Mapping[str, Callable[[View, Resource], Redundancy]] = {
    "AWS::EC2::Volume": _volume,
    "AWS::EFS::FileSystem": _elastic_file_system,
    "AWS::FSx::FileSystem": _file_system,
    "AWS::S3Express::DirectoryBucket": _directory_bucket,
}
