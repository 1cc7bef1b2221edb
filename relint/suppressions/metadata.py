"""Metadata sections of a template, in which relint and other tools look for suppressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from relint.model.template import Template
    from relint.source.location import Path


class MetadataSection(NamedTuple):
    """The Metadata of a resource, or of the template, whose `owner_path` is empty."""

    content: Mapping[str, Any]
    owner_path: Path
    logical_id: str | None

    @property
    def path(self) -> Path:
        """The path of the section."""
        return (*self.owner_path, "Metadata")


def metadata_sections(template: Template) -> Iterator[MetadataSection]:
    """Yield the Metadata of the template and of each resource in it.

    Several resources can have the same Metadata, by Fn::ForEach or SAM; these yield it once.
    """
    content = template.document.data.get("Metadata")
    if isinstance(content, dict):
        yield MetadataSection(content, (), None)
    visited: set[Path] = set()
    for resource in template.resources.values():
        owner_path = resource.source_path
        if owner_path in visited:
            continue
        visited.add(owner_path)
        content = resource.body.get("Metadata")
        if isinstance(content, dict):
            yield MetadataSection(content, owner_path, resource.logical_id)


def has_suppressions(template: Template) -> bool:
    """Whether a template has a comment or Metadata for relint, which may suppress findings."""
    return any(part.inline_suppressions for part in template.document.parts) or any(
        "relint" in section.content for section in metadata_sections(template)
    )
