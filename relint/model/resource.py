"""A resource of a template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple

if TYPE_CHECKING:
    from relint.source.location import Path


class Resource(NamedTuple):
    """A resource as written: `body` holds Type, Properties and the attributes, `path` is where it stands.

    One that SAM makes of a part of another resource stands where that part is written.
    """

    logical_id: str
    type: str
    body: Mapping[str, Any]
    path: Path
    maker: Path = ()

    @property
    def written_path(self) -> Path:
        """Where the resource stands that the author wrote: this one, or the one of which SAM makes it."""
        return self.maker or self.path

    @property
    def cdk_path(self) -> str | None:
        """The path of the CDK construct that the resource was synthesised from."""
        metadata = self.body.get("Metadata")
        path = metadata.get("aws:cdk:path") if isinstance(metadata, dict) else None
        return path if isinstance(path, str) else None
