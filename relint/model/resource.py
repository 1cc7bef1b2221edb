"""A resource of a template."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from relint.source.location import Path


class Resource(NamedTuple):
    """A resource: `body` contains Type, Properties and the attributes, `path` is its path in the template.

    A resource that SAM generates has the path of the part from which it is generated; `generated_from` is the path of
    the SAM resource, and empty for all other resources.
    """

    logical_id: str
    type: str
    body: Mapping[str, Any]
    path: Path
    generated_from: Path = ()

    @property
    def source_path(self) -> Path:
        """The path of the resource in the template: its own, or that of the SAM resource that generates it."""
        return self.generated_from or self.path

    @property
    def is_custom(self) -> bool:
        """Whether code of the author makes the resource, so that nobody knows what it does with what it is given."""
        return self.type.startswith("Custom::") or self.type == "AWS::CloudFormation::CustomResource"

    @property
    def cdk_path(self) -> str | None:
        """The path of the CDK construct from which the resource was synthesised."""
        metadata = self.body.get("Metadata")
        path = metadata.get("aws:cdk:path") if isinstance(metadata, dict) else None
        return path if isinstance(path, str) else None
