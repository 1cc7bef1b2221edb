"""Records of an assessment beside the results: promises of AWS, targets and verdicts, changes, what recovery needs."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from relint.assessment.disruption import Disruption
    from relint.assessment.facts import Outcome
    from relint.source.location import Path

Measure = Literal["rto", "rpo"]
VerdictName = Literal["met", "breached", "undetermined", "not_judged"]


class SlaTerm(NamedTuple):
    """A part on the path of an entry and the percentages that its agreement promises; they differ if two rows fit."""

    resource: str
    facts: tuple[str, ...]
    low: float
    high: float


class Sla(NamedTuple):
    """The product of the agreements on the path of an entry, in percent; None if no part has one.

    `unrated` are the parts without an agreement that was verified: with any of them the product is an upper bound.
    """

    low: float | None
    high: float | None
    terms: tuple[SlaTerm, ...]
    unrated: tuple[str, ...]


class Target(NamedTuple):
    """Seconds that a policy allows for one type of disruption; None if it has no number.

    `rto_needs` and `rpo_needs` are what decides a number that the template leaves open. The paths are those of the
    numbers in the document of the policy.
    """

    rto: int | None
    rpo: int | None
    rto_needs: str = ""
    rpo_needs: str = ""
    rto_path: Path = ()
    rpo_path: Path = ()

    def seconds(self, measure: Measure) -> int | None:
        """Return the number for a measure."""
        return self.rto if measure == "rto" else self.rpo

    def needs(self, measure: Measure) -> str:
        """Return what decides the number for a measure, empty if nothing is left open."""
        return self.rto_needs if measure == "rto" else self.rpo_needs


class Policy(NamedTuple):
    """The targets of a policy by type of disruption, and of single entries; `place` is its file and line.

    `availability` is in percent; `availability_needs` is what decides it where the template leaves it open.
    """

    name: str
    place: str
    targets: dict[Disruption, Target]
    availability: float | None
    entries: dict[str, dict[Disruption, Target]]
    undetermined: Literal["pass", "warn", "fail"]
    notes: tuple[str, ...]
    availability_needs: str = ""
    availability_path: Path = ()


class Verdict(NamedTuple):
    """Whether an entry keeps a target; `measure` is what is compared, and `needs` what would decide it.

    `says` is the reason of a breach, as the end of a sentence, and `least` the number that breaks the target; None if
    data are lost for good. With `is_typical` the target is met by a documented "typically" only.
    """

    policy: str
    disruption: Disruption | Literal["availability"]
    measure: Measure | Literal["availability"]
    verdict: VerdictName
    target: float | None
    needs: tuple[str, ...] = ()
    is_typical: bool = False
    says: str = ""
    least: float | None = None


class Change(NamedTuple):
    """A result that another allowed value of a parameter changes."""

    parameter: str
    value: str
    disruption: Disruption
    before: Outcome
    after: Outcome
    says: str


class RecoveryDependency(NamedTuple):
    """A need of a part that is started again, which it does not have while it serves requests.

    A "host" is one of which no agreement is known, such as a package repository or a registry of images; an "image" is
    kept by AWS. `place` is a file and a line.
    """

    resource: str
    needs: str
    kind: Literal["control-plane", "network", "host", "data", "image"]
    place: str
