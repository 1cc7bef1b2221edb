"""Verdicts that follow from results and targets by hand."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from relint.assessment.assess import assess_stacks
from relint.assessment.facts import Interval
from relint.assessment.policies.verdicts import judge
from relint.assessment.records import Policy, Sla, Target, Verdict
from relint.assessment.result import EntryResult, Loss, Result, Unknown
from relint.model.placed_template import place_alone
from relint.model.template import Template
from relint.source.read import read_document

DATABASE = "Resources: {Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: true}}}"


def result(**fields: object) -> Result:
    values: dict[str, object] = {
        "disruption": "AZ",
        "outcome": "interruption",
        "worst_known": "interruption",
        "rto": Interval(60, 120, "typical"),
        "rpo": Loss(Interval(0, 0, "bounded")),
        "confidence": "assumed",
    }
    return Result(**{**values, **fields})  # type: ignore[arg-type]


def entry_with(results: Iterable[Result], sla: Sla | None = None) -> EntryResult:
    template = Template(read_document(DATABASE, "stack.yaml"))
    (entry,) = assess_stacks([place_alone(template)]).entries
    return entry._replace(results=tuple(results), sla=sla)


def verdict_on(changed: Result, target: Target, measure: str = "rto") -> Verdict:
    others = [
        result(disruption=name) for name in ("Software", "Hardware", "AZ", "Region") if name != changed.disruption
    ]
    policy = Policy("gold", "gold.yaml:1", {changed.disruption: target}, None, {}, "warn", ())
    entry = entry_with((*others, changed))
    return next(
        verdict
        for verdict in judge(entry, policy)
        if (verdict.disruption, verdict.measure) == (changed.disruption, measure)
    )


PARAMETER = (Unknown("param-value", "Web", "the value of Standby"),)
PLACEMENT = (Unknown("placement", "Web", "the zones of its subnets"),)


@pytest.mark.parametrize(
    ("changed", "target", "measure", "expected"),
    [
        pytest.param(result(), Target(120, 0), "rto", "met", id="the upper end is the target"),
        pytest.param(result(), Target(60, 0), "rto", "undetermined", id="the target lies between the ends"),
        pytest.param(result(), Target(59, 0), "rto", "breached", id="the lower end is above the target"),
        pytest.param(result(), Target(120, 0), "rpo", "met", id="nothing is lost, and nothing may be"),
        pytest.param(result(rpo=None), Target(120, 0), "rpo", "met", id="there are no data to lose"),
        pytest.param(
            result(rto=Interval(0, None)), Target(9999, 0), "rto", "undetermined", id="no upper bound can be given"
        ),
        pytest.param(
            result(outcome="unknown", confidence="unknown"), Target(120, 0), "rto", "undetermined", id="it is unknown"
        ),
        pytest.param(
            result(outcome="unknown", confidence="unknown", unknowns=PLACEMENT),
            Target(59, 0),
            "rto",
            "breached",
            id="the least that happens is too much, wherever it lies",
        ),
        pytest.param(
            result(outcome="unknown", confidence="unknown", unknowns=PARAMETER),
            Target(59, 0),
            "rto",
            "undetermined",
            id="another value of a parameter may be better",
        ),
        pytest.param(
            result(outcome="data_loss_unrecoverable", rto=None, rpo=Loss(None, is_total=True)),
            Target(120, 0),
            "rpo",
            "breached",
            id="all data are lost",
        ),
        pytest.param(
            result(outcome="outage_manual", rto=None, rpo=None, has_no_path=True),
            Target(120, 0),
            "rto",
            "undetermined",
            id="a way that is not in these files may be there",
        ),
        pytest.param(result(), Target(None, 0), "rto", "not_judged", id="there is no target"),
        pytest.param(
            result(outcome="not_applicable", rto=None, rpo=None),
            Target(1, 1),
            "rto",
            "not_judged",
            id="nothing to judge",
        ),
        pytest.param(
            result(rpo=Loss(Interval(86_400, None))),
            Target(120, 86_399),
            "rpo",
            "breached",
            id="a daily backup, a day less",
        ),
    ],
)
def test_verdict_follows_from_the_interval(changed: Result, target: Target, measure: str, expected: str) -> None:
    assert verdict_on(changed, target, measure).verdict == expected


def test_target_that_a_typical_time_meets_is_marked_as_such() -> None:
    assert verdict_on(result(), Target(120, 0)).is_typical
    assert not verdict_on(result(rto=Interval(0, 60, "bounded")), Target(120, 0)).is_typical


@pytest.mark.parametrize(
    ("sla", "expected"),
    [
        pytest.param(None, "undetermined", id="no agreement is known"),
        pytest.param(Sla(99.0, 99.99, (), ()), "undetermined", id="promises do not prove a target"),
        pytest.param(Sla(99.0, 99.8, (), ("Queue",)), "breached", id="promises below the target refute it"),
    ],
)
def test_promises_refute_an_availability_and_never_prove_it(sla: Sla | None, expected: str) -> None:
    policy = Policy("gold", "gold.yaml:1", {}, 99.9, {}, "warn", ())
    entry = entry_with([result(disruption=name) for name in ("Software", "Hardware", "AZ", "Region")], sla)

    assert [one.verdict for one in judge(entry, policy) if one.disruption == "availability"] == [expected]
