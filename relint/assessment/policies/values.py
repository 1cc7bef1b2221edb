"""Values of a policy, in a template or in a file of its own, with the places that errors name."""

from __future__ import annotations

from collections.abc import Iterable

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.assessment.choices import undecided_choices
from relint.errors import TemplateError
from relint.logic.predicates import as_number
from relint.model.template import Template
from relint.model.view import View
from relint.resolve.scenario import Scenario
from relint.resolve.value import ABSENT, Located, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.source.document import Document
    from relint.source.location import Path

MAX_NUMBER = 2**31 - 1
"""The greatest number that a policy may have: CloudFormation and the APIs take 32 bits."""


class Number(NamedTuple):
    """A number of a policy at a path; `needs` is what decides it where the template leaves it open, then it is None."""

    value: float | None
    path: Path
    needs: str = ""


class PolicyValues:
    """The values below one place of a document, in the assumed deployment.

    Keys are compared without regard to case, because templates and APIs write the same names in two ways.
    """

    def __init__(self, template: Template, document: Document, root: Located) -> None:
        self._template = template
        self._root = root
        self.document = document

    def below(self, root: Located) -> PolicyValues:
        """Return the values of the same document below another place."""
        return PolicyValues(self._template, self.document, root)

    def at(self, *steps: str | int) -> tuple[Any, str]:
        """Return the value at some steps, and what decides it if the template leaves it open."""
        view = View(self._template, Scenario(self._template.deployments))
        value = view.get(self._root, *steps).value
        if isinstance(value, Unknown):
            return value, value.reason
        undecided = undecided_choices(view)
        return value, f"the value of {', '.join(undecided)}" if undecided else ""

    def keys(self, *steps: str | int) -> dict[str, str]:
        """Return the keys of the mapping at some steps, by their lower case; none if there is no mapping."""
        value, _ = self.at(*steps)
        if not isinstance(value, dict):
            return {}
        names = (key for key in value if isinstance(key, str))
        return {key.lower(): key for key in names if self.at(*steps, key)[0] not in (ABSENT, None)}

    def section(self, steps: tuple[str | int, ...], allowed: Iterable[str]) -> dict[str, str]:
        """Return the keys of a mapping as `keys`; raises TemplateError for another value, and for other keys."""
        value, _ = self.at(*steps)
        names = sorted(allowed)
        if not isinstance(value, dict | Unknown):
            raise self.error(
                steps, f"'{steps[-1] if steps else 'policy'}' is not a mapping; write {_listed(names)} there"
            )
        keys = self.keys(*steps)
        known = {name.lower() for name in names}
        for lower, key in keys.items():
            if lower not in known:
                raise self.error((*steps, key), f"'{key}' is no key of a policy here; write {_listed(names)}")
        return keys

    def number(self, *steps: str | int, maximum: float = MAX_NUMBER, is_whole: bool = True) -> Number:
        """Return the number from 0 to `maximum` at some steps; raises TemplateError for any other value."""
        value, needs = self.at(*steps)
        path = (*self._root.path, *steps)
        if needs:
            return Number(None, path, needs)
        number = None if isinstance(value, bool) else as_number(value)
        if number is None or not 0 <= number <= maximum or (is_whole and number != int(number)):
            kind = "a whole number" if is_whole else "a number"
            shown = scalar_text(value) if isinstance(value, str | int | float) else "a list or mapping"
            raise self.error(steps, f"'{steps[-1]}' is '{shown}'; write {kind} from 0 to {maximum:,}")
        return Number(number, path)

    def text(self, *steps: str | int) -> str:
        """Return the text at some steps, empty for any other value."""
        value, _ = self.at(*steps)
        return value if isinstance(value, str) else ""

    def error(self, steps: Iterable[str | int], message: str) -> TemplateError:
        """Return the error about the value at some steps."""
        path = (*self._root.path, *steps)
        return TemplateError(message, self.document.file_of(path), self.document.span_of(path))

    def place(self, *steps: str | int) -> str:
        """Return the file and line of the value at some steps."""
        path = (*self._root.path, *steps)
        return f"{self.document.file_of(path)}:{self.document.span_of(path).start.line}"


def values_of_file(document: Document) -> PolicyValues:
    """Return the values of a file that is no template, in which nothing depends on a deployment."""
    template = Template(document._replace(data={"Resources": {}}))
    return PolicyValues(template, document, Located(document.data, ()))


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last
