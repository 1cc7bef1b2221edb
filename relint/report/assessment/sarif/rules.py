"""The rules of the results of an assessment in SARIF: RLA001 to RLA014."""

from __future__ import annotations

from collections.abc import Mapping

from relint._about import REPOSITORY, __version__
from relint._typing import TYPE_CHECKING
from relint.catalog.rule import Body, Rule

if TYPE_CHECKING:
    from relint.level import Level

_PAGE = f"{REPOSITORY}/blob/v{__version__}/docs/assess.md"

POLICY_RULES = {
    "Software": "RLA010",
    "Hardware": "RLA011",
    "AZ": "RLA012",
    "Region": "RLA013",
    "availability": "RLA014",
}
"""The rule of the verdicts on each type of disruption."""

_POLICY_FIX = "Change what the last places of the code flow show, or the target of the policy."
_MEASURE = "relint compares the interval of the recovery with the target: only its upper end proves that it is kept."


def _rule(
    rule_id: str, name: str, title: str, message: str, rationale: str, fix: str, level: Level, own: str = ""
) -> Rule:
    """Return a rule; `own` is the message about a resource that is the entry itself."""
    messages = {"default": message, "own": own} if own else {"default": message}
    return Rule(
        id=rule_id,
        name=name,
        title=title,
        level=level,
        priority="P1",
        pillar=_PRACTICES[rule_id],
        resources=(),
        file="",
        body=Body(
            cases=(),
            messages=messages,
            rationale=rationale,
            fix=fix,
            references=(_PAGE,),
            equivalents={},
        ),
    )


_PRACTICES: Mapping[str, tuple[str, ...]] = {
    "RLA001": ("REL10-BP01",),
    "RLA002": ("REL10-BP01",),
    "RLA003": ("REL10-BP01",),
    "RLA004": ("REL09-BP01",),
    "RLA005": ("REL10-BP01",),
    "RLA006": ("REL11-BP04",),
    "RLA007": ("REL13-BP02",),
    "RLA008": ("REL10-BP01",),
    **dict.fromkeys(POLICY_RULES.values(), ("REL13-BP01",)),
}


def _policy_rule(rule_id: str, name: str, event: str, level: Level = "error") -> Rule:
    return _rule(
        rule_id,
        name,
        f"Recover from {event} within the targets",
        "'{resource}', with {disruption}: {verdict}.",
        f"A policy says how long a system may be down, and how much data it may lose, with {event}. {_MEASURE}",
        _POLICY_FIX,
        level,
    )


RULES: Mapping[str, Rule] = {
    rule.id: rule
    for rule in (
        _rule(
            "RLA001",
            "hardware-single-point-of-failure",
            "Do not stop with a single host",
            "'{resource}' is a single point of failure of '{entry}': the failure of one host stops it.",
            "Hosts fail. What runs on one of them only is down until it has been started again somewhere else.",
            "Run two units or more, or a standby.",
            "warning",
            own="'{resource}' stops with the failure of one host.",
        ),
        _rule(
            "RLA002",
            "zone-single-point-of-failure",
            "Do not stop with a single Availability Zone",
            "'{resource}' stops '{entry}' with the loss of one Availability Zone.",
            "A zone can be lost as a whole, and with it everything that lies in no other one.",
            "Spread it over two zones or more.",
            "warning",
            own="'{resource}' stops with the loss of one Availability Zone.",
        ),
        _rule(
            "RLA003",
            "zone-spread-unproven",
            "Prove that units lie in different zones",
            "'{resource}' may stop '{entry}' with one Availability Zone: its zones are not proven different.",
            "Subnets of parameters may lie in one zone, and nothing in the files says that they do not.",
            "Take zones by Fn::GetAZs, or give the values of the parameters.",
            "note",
        ),
        _rule(
            "RLA004",
            "durable-data-without-backup",
            "Keep earlier states of data",
            "'{resource}', on which '{entry}' depends, holds data of which these files make no backup.",
            "Replicas and standbys copy damage and deletions at once; only an earlier state brings data back.",
            "Turn on backups, point-in-time recovery or versions, or select the resource in a backup plan.",
            "warning",
            own="'{resource}' holds data of which these files make no backup.",
        ),
        _rule(
            "RLA005",
            "shared-egress-of-zones",
            "Leave each zone by a gateway of its own",
            "'{resource}' is in one zone, and the only way to the internet of other zones of '{entry}'.",
            "Where zones share a NAT gateway, the loss of its zone takes the way out of all of them.",
            "Create a NAT gateway in each zone, and route the subnets of a zone to it.",
            "warning",
        ),
        _rule(
            "RLA006",
            "recovery-needs-others",
            "Recover without what may fail at the same time",
            "'{resource}' needs {needs} to start again, so that '{entry}' recovers only if that works.",
            "What is needed only to start is noticed when it fails, which is when everything else fails, too.",
            "Put what starts need into the image, and keep enough units running so that none has to start.",
            "note",
        ),
        _rule(
            "RLA007",
            "no-copy-in-another-region",
            "Keep a copy of data in another Region",
            "'{resource}' has no copy outside of the Region in these files, and '{entry}' has a target for its loss.",
            "A target for the loss of a Region is empty without a copy of the data in another one.",
            "Replicate the data, or copy its backups, to another Region.",
            "warning",
            own="'{resource}' has a target for the loss of the Region, and no copy outside of it in these files.",
        ),
        _rule(
            "RLA008",
            "zone-without-target",
            "Serve each zone that receives requests",
            "'{resource}' serves the {zone}, in which nothing of '{entry}' takes its requests.",
            "A zone without targets or mount targets is served by another zone, and is lost with that one.",
            "Put a target or a mount target into the zone, or leave the zone out.",
            "warning",
            own="'{resource}' serves the {zone}, in which nothing takes its requests.",
        ),
        _policy_rule("RLA010", "software-target", "damaged data"),
        _policy_rule("RLA011", "hardware-target", "the failure of a host"),
        _policy_rule("RLA012", "zone-target", "the loss of an Availability Zone"),
        _policy_rule("RLA013", "region-target", "the loss of the Region"),
        _rule(
            "RLA014",
            "availability-target",
            "Promise no more than the services promise",
            "'{resource}', for {disruption}: {verdict}.",
            "The product of the agreements on the path can refute a target, and never prove it.",
            "Lower the target, or take services and configurations that promise more.",
            "error",
        ),
    )
}
