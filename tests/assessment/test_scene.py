"""The scene of an assessment, worked out by hand from the templates in fixtures/."""

from __future__ import annotations

import relint
from relint.assessment.scene.build import scene_of
from relint.assessment.scene.records import PartState, Scene, SceneEvent
from tests.helpers.paths import ROOT


def scene_of_fixture(folder: str) -> Scene:
    return scene_of(relint.assess(ROOT / "fixtures" / folder, config=None))


def event_named(scene: Scene, title: str) -> SceneEvent:
    return next(event for event in scene.events if event.title == title)


def state_of(scene: Scene, title: str, name: str) -> PartState:
    part = next(part for part in scene.parts if part.name == name)
    return event_named(scene, title).states.get(part.id, PartState("up"))


def test_zones_are_those_of_the_template_and_then_those_that_aws_chooses() -> None:
    zones = scene_of_fixture("fragile-web").zones

    assert [(zone.title, zone.token, zone.is_placed) for zone in zones] == [
        ("Zone 1", "idx(AWS::Region,0)", True),
        ("Zone 2", "idx(AWS::Region,1)", True),
        ("A zone of ShopDatabase", "any(ShopDatabase)", False),
    ]
    assert list(zones[0].distinct) == [zones[1].number]


def test_events_are_zones_then_hosts_with_the_worst_first_then_region_and_data() -> None:
    assert [event.title for event in scene_of_fixture("fragile-web").events] == [
        "No failure",
        "Zone 1 lost",
        "Zone 2 lost",
        "A zone of ShopDatabase lost",
        "Host of ShopDatabase lost",
        "Host of WebServers lost",
        "Region lost",
        "Data damaged",
    ]


def test_standby_takes_over_in_the_other_zone() -> None:
    scene = scene_of_fixture("available-web")

    state = state_of(scene, "Zone 1 lost", "ShopDatabase")

    assert (state.condition, state.lost, state.outcome) == ("degraded", {0}, "interruption")
    assert state.facts == ("rds-standby-failover",)


def test_load_balancer_stops_with_its_only_instance() -> None:
    scene = scene_of_fixture("fragile-web")

    assert state_of(scene, "Host of WebServers lost", "LoadBalancer").condition == "down"
    assert state_of(scene, "Zone 2 lost", "WebServers").condition == "up"


def test_database_in_a_zone_that_aws_chooses_is_perhaps_lost_with_each_zone() -> None:
    scene = scene_of_fixture("fragile-web")

    assert state_of(scene, "Zone 2 lost", "ShopDatabase") == PartState("unknown", perhaps_lost=frozenset({0}))
    assert state_of(scene, "A zone of ShopDatabase lost", "ShopDatabase").condition == "down"


def test_damaged_data_without_versions_are_down_and_others_are_restored() -> None:
    scene = scene_of_fixture("fragile-web")

    assert state_of(scene, "Data damaged", "ShopDatabase").condition == "degraded"
    assert state_of(scene, "Data damaged", "Uploads").condition == "down"


def test_edges_lead_from_the_entry_to_the_servers() -> None:
    scene = scene_of_fixture("available-web")
    names = {part.id: part.name for part in scene.parts}

    edges = [(names[edge.source], names[edge.target]) for edge in scene.edges]

    assert edges[:3] == [("LoadBalancer", "Listener"), ("Listener", "TargetGroup"), ("TargetGroup", "WebServers")]


def test_folder_without_an_entry_has_an_empty_scene() -> None:
    assert scene_of_fixture("network") == Scene((), (), (), (), {})
