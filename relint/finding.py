"""Results of a run: findings, failures and the report that contains them."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, Literal, NamedTuple
from relint.level import LEVELS, Level

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.source.location import Path, Position, Span

Verdict = Literal["fail", "review", "open", "pass", "notApplicable"]
"""Values of SARIF's `result.kind`.

fail: the check fails in the default deployment. review: it passes there and fails in another deployment that the
template allows; or the default deployment is a test stage, and it passes in production. open: the files do not contain
the value that decides.
"""

_VERDICTS_BY_SEVERITY: tuple[Verdict, ...] = ("open", "review", "fail")


class Related(NamedTuple):
    """A second location that a finding refers to; `message` is a sentence about the value there.

    `file` is None if it is the file of the finding, `revision` the git revision of a file that is not of the work tree.
    """

    message: str
    path: Path
    span: Span
    logical_id: str | None
    file: str | None = None
    revision: str = ""


class Suppression(NamedTuple):
    """The reason that a user gave for accepting a finding.

    `kind` is SARIF's: `inSource` for a comment or Metadata in the template, `external` for the configuration. `owner`
    is who answers for it, `until` the last day on which it applies (ISO 8601).
    """

    justification: str
    kind: Literal["inSource", "external"] = "inSource"
    owner: str | None = None
    until: str | None = None


class Finding(NamedTuple):
    """The result of one rule at one location.

    `message` is the template `rule.messages[message_id]` with `arguments` filled in; with a `scenario` or a `reason`
    the message has a second sentence that contains it. `path` leads to the value in the template, `span` to its
    lines and columns. `baseline_state` (SARIF's baselineState) is None in a run without a baseline. `globals_of` is
    the path of the resource that takes the value from the Globals of SAM, until its findings have become one.
    `properties` are further names and values for SARIF.
    """

    rule: Rule
    verdict: Verdict
    level: Level
    message: str
    message_id: str
    arguments: tuple[str, ...]
    file: str
    path: Path
    span: Span
    logical_id: str | None = None
    resource_type: str | None = None
    cdk_path: str | None = None
    related: tuple[Related, ...] = ()
    scenario: str | None = None
    reason: str | None = None
    suppression: Suppression | None = None
    baseline_state: Literal["new", "unchanged"] | None = None
    globals_of: Path = ()
    environments: tuple[str, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()

    @property
    def message_with_environments(self) -> str:
        """The message and, in a joined report of several environments, the names of those that have the finding."""
        names = ", ".join(self.environments)
        return f"{self.message} [{names}]" if names else self.message

    @property
    def fingerprint(self) -> str:
        """32 hexadecimal digits that stay the same when lines move: a hash of file, rule and logical path."""
        from relint.storage.hashing import blake2b

        identity = "\0".join((self.file, self.rule.id, *map(str, self.path)))
        return blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @property
    def is_decided(self) -> bool:
        """Whether the templates tell that something is wrong: fail and review; false if the result is open."""
        return self.verdict in ("fail", "review")

    @property
    def affects_exit_code(self) -> bool:
        """Whether the finding fails in the default deployment, is new and is not suppressed."""
        return self.verdict == "fail" and self.suppression is None and self.baseline_state != "unchanged"

    @property
    def severity_rank(self) -> tuple[int, int]:
        """A value that orders findings by verdict, then by level; the most severe finding has the greatest."""
        return _VERDICTS_BY_SEVERITY.index(self.verdict), LEVELS.index(self.level)


def finding_sort_key(finding: Finding) -> tuple[str, Position, str, Position, str]:
    """Return the key that puts findings in the order of every report: by file, position, rule and message."""
    return finding.file, finding.span.start, finding.rule.id, finding.span.end, finding.message


Stage = Literal["discover", "load", "options", "rule", "check", "suppress"]


class Failure(NamedTuple):
    """Work that could not be done.

    `stage` is the step that gave up. `span` is None if no line of the file is the cause.
    """

    file: str
    stage: Stage
    message: str
    span: Span | None = None


UnjudgedKind = Literal["type", "macro", "include", "module", "nested stack", "stack relations"]


class Unjudged(NamedTuple):
    """Parts of a template that were not judged: resources of a type without a rule, or what is not expanded.

    The kind "stack relations" is a stack with more relations to resources of other stacks than relint follows.
    `name` is the resource type, the name of the macro or module, or the location of the include or nested stack; empty
    if only the deployment decides it. `number` is how often the template contains the part, `line` the first line.
    """

    file: str
    kind: UnjudgedKind
    name: str
    number: int
    line: int | None = None


class Report(NamedTuple):
    """The result of a run, sorted so that equal input gives equal bytes.

    `results`: what the rules say, with `findings` and `open` apart.
    `rules`: the rules that ran, sorted by id.
    `templates`: the files that were checked; `skipped`: the files that are not templates, with the reason.
    `sources`: the text of every file that a finding refers to.
    `fail_on`: the lowest level that makes the run fail, for files whose configuration sets one.
    `fail_on_review`: the files in which findings to review make the run fail, by their configuration.
    `level_overrides`: the levels that the configuration gave to rules, by id.
    `retired`: the ids of the rules that replace retired ones, by the retired id or name that the user selects.
    `mandatory_ids`: the ids of rules that no suppression applies to.
    `unjudged`: parts of templates that no rule judges.
    `rule_folders`: the folders of the rules that do not ship with relint.
    `suppressed_by_baseline`: the number of findings that were left out because the baseline contains them.
    `included`: the files that templates include, with the templates.
    `earlier`: the file of each name in findings that means an earlier version of it, such as "main:orders.yaml".
    """

    results: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    rules: tuple[Rule, ...] = ()
    templates: tuple[str, ...] = ()
    skipped: Mapping[str, str] = {}
    sources: Mapping[str, str] = {}
    fail_on: Mapping[str, str] = {}
    fail_on_review: frozenset[str] = frozenset()
    level_overrides: Mapping[str, Level] = {}
    mandatory_ids: frozenset[str] = frozenset()
    retired: Mapping[str, str] = {}
    suppressed_by_baseline: int = 0
    unjudged: tuple[Unjudged, ...] = ()
    rule_folders: tuple[str, ...] = ()
    included: Mapping[str, tuple[str, ...]] = {}
    earlier: Mapping[str, str] = {}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The results that fail or need a review, those that are suppressed or in the baseline included."""
        return tuple(result for result in self.results if result.is_decided)

    @property
    def open(self) -> tuple[Finding, ...]:
        """The results that cannot be told, because the files do not contain the value that decides."""
        return tuple(result for result in self.results if result.verdict == "open")
