"""What a run says: the values that leave the engine and that reports, the command line and library users read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from relint._named_tuple import NamedTuple
from relint.level import Level

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.source.location import Path, Span

Verdict = Literal["fail", "review", "open", "pass", "notApplicable"]
"""The words of SARIF's `result.kind`. fail: the check fails in the assumed deployment. review: it passes there and
fails in another deployment that the template allows. open: these files cannot tell."""


class Related(NamedTuple):
    """Another place that a finding speaks of; `message` says in one sentence what stands there."""

    message: str
    path: Path
    span: Span
    logical_id: str | None


class Suppression(NamedTuple):
    """Why a finding does not count. `kind` is SARIF's: `inSource` for a comment or Metadata in the template."""

    justification: str
    kind: Literal["inSource", "external"] = "inSource"


class Finding(NamedTuple):
    """What one rule says about one place.

    `message` is the template `rule.messages[message_id]` with `arguments` filled in; where `scenario` or `reason` is
    set it has a second sentence that carries it. `path` is where the value was written; `span` its place on the line.
    `baseline` says, where there is one to compare with, whether the finding was there before (SARIF's baselineState).
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
    construct_path: str | None = None
    related: tuple[Related, ...] = ()
    scenario: str | None = None
    reason: str | None = None
    suppression: Suppression | None = None
    baseline: Literal["new", "unchanged"] | None = None

    @property
    def fingerprint(self) -> str:
        """32 hexadecimal digits that stay the same when lines move: a hash of file, rule and logical path."""
        from relint.storage.hashing import blake2b

        what = "\0".join((self.file, self.rule.id, *map(str, self.path)))
        return blake2b(what.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @property
    def counts(self) -> bool:
        """Whether the finding bears on the exit code: it fails as deployed, is new, and nobody has accepted it."""
        return self.verdict == "fail" and self.suppression is None and self.baseline != "unchanged"


Stage = Literal["discover", "load", "options", "rule", "check", "suppress"]


class Failure(NamedTuple):
    """Work that could not be done. `stage` is the step that gave up; `span` is None where no line is to blame."""

    file: str
    stage: Stage
    message: str
    span: Span | None = None


class Report(NamedTuple):
    """All that a run found: sorted, so that equal input gives equal bytes.

    `rules` are those that ran, sorted by id. `sources` holds the text of every file that a finding names, `templates`
    the files that were checked, `skipped` those that are not, each with the reason. `fail_on` is the least level that
    makes the run fail, for the files whose configuration sets one; `severity` the levels that rules were given, by id;
    `mandatory` the ids of those that nobody can suppress. `known` counts findings that
    a baseline holds and that were left out.
    """

    findings: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    rules: tuple[Rule, ...] = ()
    templates: tuple[str, ...] = ()
    skipped: Mapping[str, str] = {}
    sources: Mapping[str, str] = {}
    fail_on: Mapping[str, str] = {}
    severity: Mapping[str, Level] = {}
    mandatory: frozenset[str] = frozenset()
    known: int = 0
