"""ONTAP file systems whose volumes are backed up: backups of ONTAP are of volumes, not of file systems."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.logic.truth import all_of
from relint.model.aws.backup import is_backed_up

if TYPE_CHECKING:
    from relint.logic.truth import Truth
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View, min_days: int = 0) -> Truth:
    """Whether the template backs up all volumes of the file system that it creates, and creates one at least.

    https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateBackup.html
    """
    machines = view.referrers(resource, ("AWS::FSx::StorageVirtualMachine",), ("Properties", "FileSystemId"))
    by = ("Properties", "OntapConfiguration", "StorageVirtualMachineId")
    volumes = [volume for machine in machines for volume in view.referrers(machine, ("AWS::FSx::Volume",), by)]
    return all_of(is_backed_up(view, volume, min_days) for volume in volumes) if volumes else False
