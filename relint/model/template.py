"""A template as the rules see it: resources that exist under a condition and refer to one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from relint.errors import TemplateError
from relint.model.serverless import with_globals
from relint.resolve.deployments import Deployments
from relint.resolve.loops import expand_members, has_loops
from relint.resolve.scenario import Scenario

if TYPE_CHECKING:
    from relint.model.graph import Graph
    from relint.source.document import Document
    from relint.source.location import Path


MAX_RESOURCES = 2_000
"""CloudFormation takes 500; a limit bounds the time that a template of an unknown author can take.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
"""


class Resource(NamedTuple):
    """A resource as written: `body` holds Type, Properties and the attributes, `path` is where it stands."""

    logical_id: str
    type: str
    body: Mapping[str, Any]
    path: Path

    @property
    def construct_path(self) -> str | None:
        """The path of the CDK construct that the resource was synthesised from."""
        metadata = self.body.get("Metadata")
        path = metadata.get("aws:cdk:path") if isinstance(metadata, dict) else None
        return path if isinstance(path, str) else None


class Template:
    """The resources of a document by logical id and by type, and the deployments that it allows."""

    __slots__ = ("_graph", "by_type", "deployments", "document", "resources")

    def __init__(self, document: Document, given: Mapping[str, str] | None = None) -> None:
        """Reads the document; raises TemplateError when it has too many resources."""
        self.document = document
        self.deployments = Deployments(document.data, given or {})
        self.resources: dict[str, Resource] = {}
        self.by_type: dict[str, list[Resource]] = {}
        self._graph: Graph | None = None
        bodies = self._bodies()
        if len(bodies) > MAX_RESOURCES:
            message = (
                f"The template has {len(bodies):,} resources; relint reads {MAX_RESOURCES:,}, CloudFormation takes 500."
            )
            raise TemplateError(message, document.file, document.span_of(("Resources",)))
        for logical_id, (body, path) in bodies.items():
            if isinstance(body, dict) and isinstance(body.get("Type"), str):
                resource = Resource(logical_id, body["Type"], with_globals(body, document.data), path)
                self.resources[logical_id] = resource
                self.by_type.setdefault(resource.type, []).append(resource)

    def _bodies(self) -> dict[str, tuple[Any, Path]]:
        written: dict[str, Any] = self.document.data["Resources"]
        if "Fn::ForEach::" in self.document.text and has_loops(written):
            bodies = expand_members(written, ("Resources",), Scenario(self.deployments))
            self.deployments.resource_ids = frozenset(bodies)
            return bodies
        return {logical_id: (body, ("Resources", logical_id)) for logical_id, body in written.items()}

    @property
    def graph(self) -> Graph:
        """Who refers to whom; made when first asked for."""
        if self._graph is None:
            from relint.model.graph import build_graph

            self._graph = build_graph(self.resources)
        return self._graph
