"""A template as the rules see it: resources that exist under a condition and refer to one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from relint.errors import TemplateError
from relint.model.resource import Resource
from relint.resolve.deployments import NOTHING, Deployments, Handed
from relint.resolve.for_each import expand_members, has_loops
from relint.resolve.scenario import Scenario

if TYPE_CHECKING:
    from relint.model.graph import Graph
    from relint.resolve.parameters import Passed
    from relint.source.document import Document
    from relint.source.location import Path


MAX_RESOURCES = 2_000
"""CloudFormation takes 500; a limit bounds the time that a template of an unknown author can take.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
"""

_SHARED = ("Condition", "Metadata")
"""The attributes of a SAM resource that go for everything made of it."""


class Template:
    """The resources of a document by logical id and by type, and the deployments that it allows.

    `shared` keeps what `View.shared` has made for all deployments alike.
    """

    __slots__ = ("_graph", "_moved", "by_type", "deployments", "document", "resources", "shared")

    def __init__(
        self,
        document: Document,
        given: Mapping[str, str | Passed] | None = None,
        handed: Handed = NOTHING,
    ) -> None:
        """Reads the document; `given` are values of parameters, `handed` values from other stacks.

        Raises TemplateError when it has too many resources.
        """
        self.document = document
        self.deployments = Deployments(document.data, given or {}, handed)
        self.resources: dict[str, Resource] = {}
        self.by_type: dict[str, list[Resource]] = {}
        self.shared: dict[str, Any] = {}
        self._graph: Graph | None = None
        self._moved: dict[Path, Path] = {}
        bodies = self._bodies()
        if len(bodies) > MAX_RESOURCES:
            message = (
                f"The template has {len(bodies):,} resources; relint reads {MAX_RESOURCES:,}, CloudFormation takes 500."
            )
            raise TemplateError(message, document.file, document.span_of(("Resources",)))
        for logical_id, (body, path) in bodies.items():
            if isinstance(body, dict) and isinstance(body.get("Type"), str):
                if body["Type"].startswith("AWS::Serverless::"):
                    self._add_made(logical_id, body, path)
                else:
                    self._add(Resource(logical_id, body["Type"], body, path))
        self.deployments.resource_ids |= self.resources.keys()

    def _add(self, resource: Resource) -> None:
        if resource.logical_id in self.resources:  # SAM makes some resources once for all that need them
            return
        self.resources[resource.logical_id] = resource
        self.by_type.setdefault(resource.type, []).append(resource)

    def _add_made(self, logical_id: str, body: dict[str, Any], path: Path) -> None:
        from relint.model.serverless import expand

        for made in expand(logical_id, body, self.document.data):
            kept = body if made.logical_id == logical_id else {key: body[key] for key in _SHARED if key in body}
            attributes = {**kept, **made.attributes, "Type": made.type, "Properties": made.properties}
            own = (*path, *made.place)
            self._moved.update({(*own, *new): (*path, *old) for new, old in made.moved.items()})
            self._add(Resource(made.logical_id, made.type, attributes, own, path))

    def written(self, path: Path) -> Path:
        """Where the author wrote what stands at `path`, which is another place for what SAM calls otherwise."""
        for end in range(len(path), 0, -1) if self._moved else ():
            if path[:end] in self._moved:
                return (*self._moved[path[:end]], *path[end:])
        return path

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
