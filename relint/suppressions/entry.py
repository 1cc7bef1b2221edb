"""One suppression, wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint._named_tuple import NamedTuple

if TYPE_CHECKING:
    from relint.finding import Finding
    from relint.source.location import Path, Span


class SuppressionEntry(NamedTuple):
    """One accepted rule: where it is accepted, why, and until which day (ISO 8601).

    What it covers lies on `lines`, or else below `scope` (a resource, or all of the template); `resource` is a pattern
    of logical ids and `property` the property or what holds it, such as "MultiAZ". `file` is the configuration that it
    stands in, None in the template itself; `tool` another tool whose id `word` is. `problem` says what is wrong.
    """

    selector: str
    reason: str
    path: Path
    span: Span
    lines: tuple[int, ...] | None = None
    path_prefix: Path = ()
    logical_id: str | None = None
    problem: str | None = None
    until: str | None = None
    resource_pattern: str | None = None
    property_path: str | None = None
    config_file: str | None = None
    tool: str | None = None

    def matches(self, finding: Finding) -> bool:
        """Whether the finding stands where this is said."""
        if self.lines is not None:
            return finding.span.start.line in self.lines
        if finding.path[: len(self.path_prefix)] != self.path_prefix:
            return False
        if self.resource_pattern is not None and not _like(self.resource_pattern, finding.logical_id or ""):
            return False
        return self.property_path is None or self._names(finding.path)

    def _names(self, path: Path) -> bool:
        """Whether the property lies within what is named: "Tags" names "Properties.Tags[0]" as well."""
        steps = [str(step) for step in path if isinstance(step, str)]
        wanted = (self.property_path or "").split(".")
        if wanted[0] != "Properties" and "Properties" in steps:
            steps = steps[steps.index("Properties") + 1 :]
        elif wanted[0] == "Properties" and "Properties" in steps:
            steps = steps[steps.index("Properties") :]
        return steps[: len(wanted)] == wanted


def _like(pattern: str, name: str) -> bool:
    from fnmatch import fnmatchcase

    return fnmatchcase(name, pattern)
