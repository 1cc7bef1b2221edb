"""A suppression: a rule, a reason, and the findings to which it applies."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from relint.finding import Finding
    from relint.source.location import Path, Span


class SuppressionEntry(NamedTuple):
    """A suppression of one rule, or of the rules with a prefix, in a template or in a configuration.

    `selector` is one of `catalog.selection.matching_rules`; with `tool`, the id of another tool's rule. `path` and
    `span` locate the suppression itself. A comment applies to findings on `lines` and, if `path_prefix` is not
    empty, below it (a resource). Any other suppression applies to findings below `path_prefix` (a resource, or the
    whole template) that match `resource_pattern`, a pattern of logical IDs, and `property_path`, such as "MultiAZ".
    `until` is the last day on which it applies (ISO 8601), `owner` who answers for it. `config_file` is the file of
    configuration that contains the suppression; None in a template. `problem` describes a mistake in how it is
    written, and `malformed_comment` is the text of a comment that begins like a suppression and is none. `file` is the
    file of a comment or of Metadata in a template with includes, and the file that an entry of the configuration is
    limited to; None for all files of the template.
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
    owner: str | None = None
    resource_pattern: str | None = None
    property_path: str | None = None
    config_file: str | None = None
    tool: str | None = None
    malformed_comment: str = ""
    file: str | None = None

    def matches(self, finding: Finding) -> bool:
        """Whether the suppression applies to the location of a finding."""
        is_in_file = self.file is None or finding.file == self.file
        if self.lines is not None and is_in_file and finding.span.start.line in self.lines:
            return True
        if (self.lines is not None and not self.path_prefix) or (self.config_file is not None and not is_in_file):
            return False
        depth = len(self.path_prefix)
        if self.path_prefix not in (finding.path[:depth], finding.globals_of[:depth]):
            return False
        if self.resource_pattern is not None:
            from fnmatch import fnmatchcase

            if not fnmatchcase(finding.logical_id or "", self.resource_pattern):
                return False
        if self.property_path is None or _is_within_property(finding.path, self.property_path):
            return True
        return _is_about_absent_property(finding, self.property_path)


def _is_within_property(path: Path, property_path: str) -> bool:
    """Whether a path leads to a property or into it: "Tags" includes "Properties.Tags[0]"."""
    keys = _keys_from_properties(path) or [str(step) for step in path if isinstance(step, str)]
    property_keys = property_path.split(".")
    if keys[:1] == ["Properties"] and property_keys[0] != "Properties":
        keys = keys[1:]
    return keys[: len(property_keys)] == property_keys


def _is_about_absent_property(finding: Finding, property_path: str) -> bool:
    """Whether a finding stands above a property, where it would be written, and the fix of its rule writes it."""
    from relint.catalog.update_effects import effect_on

    keys = _keys_from_properties(finding.path)[1:]
    property_path = property_path.removeprefix("Properties.")
    property_keys = property_path.split(".")
    if len(keys) >= len(property_keys) or keys != property_keys[: len(keys)]:
        return False
    return effect_on(finding.rule.update, finding.resource_type or "", property_path) is not None


def _keys_from_properties(path: Path) -> list[str]:
    """Return the keys of a path from "Properties" on, without positions in lists; none if the path ends above it."""
    keys = [str(step) for step in path if isinstance(step, str)]
    if keys[:1] == ["Globals"]:
        keys[:2] = ["Properties"]
    return keys[keys.index("Properties") :] if "Properties" in keys else []
