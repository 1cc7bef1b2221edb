"""The effects of single events, worked out by hand from the templates in fixtures/."""

from __future__ import annotations

import pytest

import relint
from relint.assessment.facts import OUTCOMES
from relint.assessment.result import EntryResult, EventResult
from tests.helpers.paths import ROOT

FIXTURES = ("available-web", "data-platform", "fragile-web", "nested-shop", "serverless-orders")


def entry_of(folder: str, name: str) -> EntryResult:
    assessment = relint.assess(ROOT / "fixtures" / folder, config=None)
    return next(entry for entry in assessment.entries if entry.name == name)


def event_of(entry: EntryResult, label: str) -> EventResult:
    return next(event for event in entry.events if event.label == label)


def names(part_ids: tuple[str, ...]) -> set[str]:
    return {part_id.rpartition(":")[2] for part_id in part_ids}


# fragile-web: the group WebServers has subnets in the first zone only; the load balancer is in both.
def test_zone_of_the_only_instance_stops_the_entry_and_the_other_zone_does_not() -> None:
    entry = entry_of("fragile-web", "LoadBalancer")
    first, second = event_of(entry, "zone of PublicSubnetA"), event_of(entry, "zone of PublicSubnetB")

    assert (first.result.outcome, second.result.outcome) == ("outage_manual", "degraded")
    assert names(first.hit) == {"LoadBalancer", "WebServers"}
    assert names(first.down) == {"LoadBalancer", "Listener", "TargetGroup", "WebServers"}
    assert (names(second.hit), names(second.down)) == ({"LoadBalancer"}, set())


# The function lies in subnets of which nobody knows the zones: with one zone it stops, with more it does not.
def test_part_that_stops_in_the_worse_bound_only_is_possibly_down() -> None:
    event = event_of(entry_of("serverless-orders", "Pending"), "a zone of Process")

    assert (event.result.outcome, event.result.worst_known) == ("unknown", "no_outage")
    assert (names(event.down), names(event.possibly_down)) == (set(), {"Pending", "Process", "ProcessQueue"})


def test_events_of_a_database_are_its_data_its_host_its_zones_and_the_region() -> None:
    entry = entry_of("available-web", "ShopDatabase")

    assert [(event.result.disruption, event.label, event.result.outcome) for event in entry.events] == [
        ("Software", "the data of ShopDatabase", "outage_manual"),
        ("Hardware", "a unit of ShopDatabase", "interruption"),
        ("AZ", "zone of PublicSubnetA", "interruption"),
        ("AZ", "zone of PublicSubnetB", "interruption"),
        ("Region", "the Region", "data_loss_unrecoverable"),
    ]


@pytest.mark.parametrize("folder", FIXTURES)
def test_result_of_a_disruption_is_at_least_as_bad_as_its_events(folder: str) -> None:
    for entry in relint.assess(ROOT / "fixtures" / folder, config=None).entries:
        results = {result.disruption: result for result in entry.results}
        for event in entry.events:
            worst = results[event.result.disruption]
            known = [*OUTCOMES, "not_applicable"]
            assert known.index(event.result.worst_known) <= known.index(worst.worst_known), (entry.id, event.label)
            assert event.result.outcome != "unknown" or worst.outcome == "unknown", (entry.id, event.label)
