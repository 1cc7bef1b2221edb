"""The templates of a run that decide about one another, and in which order they are looked at again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from relint.discover import Candidate, discover
from relint.errors import TemplateError
from relint.finding import Failure
from relint.source.read import read
from relint.source.template_shape import looks_like_template
from relint.stacks import MAX_CHILDREN, Child, children, exports, has_children, has_exports, has_imports

if TYPE_CHECKING:
    from relint.model.template import Template
    from relint.scope import Scope
    from relint.source.document import Document


class Joined:
    """Collects what `note` is told, which for templates that stand alone is nothing."""

    def __init__(self) -> None:
        self._parents: list[tuple[Template, tuple[str, ...]]] = []
        self._exporters: list[Template] = []
        self._importers: list[tuple[Template, Scope]] = []

    @property
    def found(self) -> bool:
        """Whether there is anything to look at again."""
        return bool(self._parents or (self._exporters and self._importers))

    def note(self, template: Template, scope: Scope) -> None:
        """Remembers a template that deploys, exports or imports something."""
        if has_children(template):
            self._parents.append((template, (template.document.file,)))
        if has_exports(template):
            self._exporters.append(template)
        if has_imports(template):
            self._importers.append((template, scope))

    def imports(self) -> dict[str, str]:
        """The values that the templates export to one another, by name."""
        return exports(self._exporters)

    def importers(self) -> Sequence[tuple[Template, Scope]]:
        """The templates that import something."""
        return self._importers

    def follow(self, template: Template, child: Child) -> None:
        """Also looks at the nested stacks of the template of a child, unless it deploys itself."""
        chain = next(chain for parent, chain in self._parents if parent is child.parent)
        if has_children(template) and template.document.file not in chain:
            self._parents.append((template, (*chain, template.document.file)))

    def deployed(self, failures: list[Failure], roots: Sequence[str]) -> Iterator[tuple[Child, Document]]:
        """Every nested stack with its template, once for each set of values that it is passed.

        Parents that `follow` adds meanwhile have their turn. What cannot be read is a failure, said of the parent's
        line; so is what goes beyond the limit.
        """
        seen = set()
        for parent, chain in self._parents:  # grows while it is walked
            for child in children(parent, roots):
                key = (child.file, tuple(sorted(child.passed.items())))
                if key in seen or child.file in chain:
                    continue
                seen.add(key)
                if len(seen) > MAX_CHILDREN:
                    message = (
                        f"The templates deploy more than {MAX_CHILDREN:,} nested stacks; the rest is not followed."
                    )
                    failures.append(Failure(parent.document.file, "load", message))
                    return
                document = _read(child, failures)
                if document is not None:
                    yield child, document


def _read(child: Child, failures: list[Failure]) -> Document | None:
    where = child.parent.document
    candidate = next(discover([child.file]))
    reason = "it is no CloudFormation template"
    try:
        if isinstance(candidate, Candidate):
            document = read(candidate.raw, child.file)
            if looks_like_template(document.data):
                return document
        elif isinstance(candidate, Failure):
            reason = candidate.message.rstrip(".")
    except TemplateError as error:
        reason = error.message.rstrip(".")
    message = f"The template '{child.file}' of nested stack '{child.logical_id}' cannot be read: {reason}."
    failure = Failure(where.file, "load", message, where.span_of(child.path))
    if not any(one.file == child.file for one in failures):  # of the set, and told already
        failures.append(failure)
    return None
