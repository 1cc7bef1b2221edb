"""A template as rules read it: resources that exist under a condition and refer to one another."""

from __future__ import annotations

from collections.abc import KeysView, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.errors import DEFECT, TemplateError
from relint.model.resource import Resource
from relint.resolve.deployments import NO_CROSS_STACK_VALUES, CrossStackValues, Deployments

if TYPE_CHECKING:
    from relint.model.references import References
    from relint.model.serverless.merge import TakenGlobals
    from relint.resolve.parameters import PassedValue
    from relint.source.document import Document
    from relint.source.location import Path


MAX_RESOURCES = 2_000
"""CloudFormation allows 500; a limit bounds the time that an untrusted template can take.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
"""

_INHERITED_ATTRIBUTES = ("Condition", "Metadata")
"""The attributes of a SAM resource that apply to all resources generated from it."""


class Template:
    """The resources of a document by logical id and by type, and the deployments that the document allows.

    `resources` contains the resources of other stacks, too, to which values of this stack refer; `by_type` does not,
    but `linked_by_type` does.
    `written_names` are the names of generated resources as the template writes them: `First.Events.Tick` for FirstTick.
    `cache` contains the results of `View.cached` that are equal in all deployments.
    """

    __slots__ = (
        "_globals",
        "_references",
        "_source_paths",
        "by_type",
        "cache",
        "deployments",
        "document",
        "linked_by_type",
        "resources",
        "written_names",
    )

    def __init__(
        self,
        document: Document,
        parameter_values: Mapping[str, str | PassedValue] | None = None,
        cross_stack_values: CrossStackValues = NO_CROSS_STACK_VALUES,
    ) -> None:
        """Read the document; raise TemplateError for more than MAX_RESOURCES resources."""
        self.document = document
        self.resources: dict[str, Resource] = {}
        self.by_type: dict[str, list[Resource]] = {}
        self.linked_by_type: dict[str, list[Resource]] = {}
        self.cache: dict[str, Any] = {}
        self._references: References | None = None
        self.written_names: dict[str, str] = {}
        self._source_paths: dict[Path, Path] = {}
        self._globals: dict[Path, TakenGlobals] = {}
        values = parameter_values or {}
        bodies = _resource_bodies(document, values, cross_stack_values)
        if len(bodies) > MAX_RESOURCES:
            message = (
                f"The template has {len(bodies):,} resources; relint reads {MAX_RESOURCES:,}, CloudFormation takes 500."
            )
            raise TemplateError(message, document.file, document.span_of(("Resources",)))
        for logical_id, (body, path) in bodies.items():
            if isinstance(body, dict) and isinstance(body.get("Type"), str):
                if body["Type"].startswith("AWS::Serverless::"):
                    self._expand(logical_id, body, path)
                else:
                    self._add(Resource(logical_id, body["Type"], body, path))
        for name, linked_body in cross_stack_values.resources.items():
            linked = Resource(name, linked_body["Type"], linked_body, ("Resources", name))
            self.resources[name] = linked
            self.linked_by_type.setdefault(linked.type, []).append(linked)
        resource_ids = frozenset(bodies) | self.resources.keys()
        named_ids = frozenset(name for name, resource in self.resources.items() if _names_itself(resource.type))
        self.deployments = Deployments(document.data, values, cross_stack_values, resource_ids, named_ids)

    def _add(self, resource: Resource) -> None:
        if resource.logical_id in self.resources:  # SAM generates some resources once for several SAM resources
            return
        resource = _with_role(resource)
        self.resources[resource.logical_id] = resource
        self.by_type.setdefault(resource.type, []).append(resource)

    def _expand(self, logical_id: str, body: dict[str, Any], path: Path) -> None:
        try:
            self._add_generated(logical_id, body, path)
        except Exception as error:  # one resource in an unexpected form must not end a run over many templates
            message = f"relint cannot expand '{logical_id}' ({type(error).__name__}: {error}); {DEFECT}."
            raise TemplateError(message, self.document.file_of(path), self.document.span_of(path)) from error

    def _add_generated(self, logical_id: str, body: dict[str, Any], path: Path) -> None:
        from relint.model.serverless import expand, taken_globals

        taken = taken_globals(body, self.document.data)
        if taken:
            self._globals[path] = taken
        inherited = {name: body[name] for name in _INHERITED_ATTRIBUTES if name in body}
        for generated in expand(logical_id, body, self.document.data):
            attributes = body if generated.logical_id == logical_id else inherited
            resource = Resource(
                logical_id=generated.logical_id,
                type=generated.type,
                body={
                    **attributes,
                    **generated.attributes,
                    "Type": generated.type,
                    "Properties": generated.properties,
                },
                path=(*path, *generated.source_path),
                generated_from=path,
            )
            for generated_path, source_path in generated.source_paths.items():
                self._source_paths[(*resource.path, *generated_path)] = (*path, *source_path)
            if generated.globals_type:
                taken = taken_globals({"Type": generated.globals_type}, self.document.data)
                if taken:
                    self._globals[resource.path] = taken
            if generated.logical_id != logical_id:
                steps = [str(step) for step in generated.source_path if step != "Properties"]
                self.written_names.setdefault(generated.logical_id, ".".join((logical_id, *steps)))
            self._add(resource)

    @property
    def types(self) -> KeysView[str]:
        """The types of the resources, of those of other stacks as well."""
        return {**self.by_type, **self.linked_by_type}.keys()

    def of_type(self, resource_type: str) -> Sequence[Resource]:
        """Return the resources of a type, created or not: those of the template, then those of other stacks."""
        own = self.by_type.get(resource_type, ())
        return (*own, *self.linked_by_type.get(resource_type, ())) if self.linked_by_type else own

    def source_path(self, path: Path) -> Path:
        """Return the path in the document of the value at `path`, which differs for properties that SAM renames."""
        for end in range(len(path), 0, -1) if self._source_paths else ():
            if path[:end] in self._source_paths:
                return (*self._source_paths[path[:end]], *path[end:])
        return path

    def written_path(self, path: Path) -> Path:
        """Return the path of the value at a `source_path`, which lies in Globals if a SAM resource takes it from there.

        Otherwise it is the same, except for the index of an item that follows the items of Globals.
        """
        for end in range(len(path), 0, -1) if self._globals else ():
            taken = self._globals.get(path[:end])
            if taken and path[end : end + 1] == ("Properties",):
                is_global, steps = taken.written_path(path[end + 1 :])
                if is_global:
                    return ("Globals", taken.section, *steps)
                if steps != path[end + 1 :]:
                    return (*path[: end + 1], *steps)
        return path

    @property
    def references(self) -> References:
        """The references between resources; built on first access."""
        if self._references is None:
            from relint.model.references import build_references

            self._references = build_references(self.resources, self.deployments)
        return self._references


def _with_role(resource: Resource) -> Resource:
    """Return the resource with its role where rules look for it: `relint: singleton` is short for {role: singleton}."""
    metadata = resource.body.get("Metadata")
    if not isinstance(metadata, dict) or not isinstance(metadata.get("relint"), str):
        return resource
    role = metadata["relint"]
    return resource._replace(body={**resource.body, "Metadata": {**metadata, "relint": {"role": role}}})


def _names_itself(resource_type: str) -> bool:
    """Whether Ref of a resource returns the name, id or ARN of the resource, and not a value of its maker's choice."""
    return resource_type.startswith("AWS::") and not resource_type.startswith("AWS::CloudFormation::")


def _resource_bodies(
    document: Document, parameter_values: Mapping[str, str | PassedValue], cross_stack_values: CrossStackValues
) -> dict[str, tuple[Any, Path]]:
    """Return the body and the path of each resource by logical id, with loops expanded."""
    resources: dict[str, Any] = document.data["Resources"]
    if "Fn::ForEach::" in document.text:
        from relint.resolve.for_each import expand_members, has_loops  # few templates have loops
        from relint.resolve.scenario import Scenario

        if has_loops(resources):
            deployments = Deployments(document.data, parameter_values, cross_stack_values)
            return expand_members(resources, ("Resources",), Scenario(deployments))
    return {logical_id: (body, ("Resources", logical_id)) for logical_id, body in resources.items()}
