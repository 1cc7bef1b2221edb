"""Pages of a game day: what they promise, with which evidence, and what people have to do."""

from __future__ import annotations

from pathlib import Path

import relint
from relint.assessment.gameday.plan import plan_game_day
from relint.report.gameday.files import render_game_day
from tests.assessment.gameday.test_plan import ALARMED
from tests.helpers.command_line import working_directory
from tests.helpers.paths import ROOT


def pages_of(name: str) -> dict[str, str]:
    with working_directory(ROOT / "fixtures"):
        return render_game_day(plan_game_day(relint.assess(name, config=None)))


def section(page: str, heading: str) -> str:
    return page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0].strip()


def test_prediction_has_outcome_times_classes_and_confidence() -> None:
    prediction = section(pages_of("available-web")["02-host-ShopDatabase.md"], "Prediction")

    assert "| `ShopDatabase` | interruption | 60-120 s typically (minutes) | 0 s (zero) | assumed |" in prediction


def test_evidence_has_the_place_the_fact_its_page_and_its_day() -> None:
    prediction = section(pages_of("available-web")["02-host-ShopDatabase.md"], "Prediction")

    assert "- `ShopDatabase` (`available-web/template.yaml:116`): interruption, 60-120 s typically. " in prediction
    assert "([rds-standby-failover](https://docs.aws.amazon.com/AmazonRDS/" in prediction
    assert "), 2026-" in prediction


def test_page_admits_that_nothing_would_notice() -> None:
    watch = section(pages_of("available-web")["02-host-ShopDatabase.md"], "What to watch")

    assert watch.startswith("**Nothing in these files would notice**")


def test_alarm_is_named_with_its_place_and_its_metric(tmp_path: Path) -> None:
    (tmp_path / "web.yaml").write_text(ALARMED, encoding="utf-8")
    with working_directory(tmp_path):
        pages = render_game_day(plan_game_day(relint.assess("web.yaml", config=None)))
    page = next(text for name, text in pages.items() if name.endswith("-host-Server.md"))

    assert "- `ClientErrors` (`web.yaml:16`), on `Web`: alarm on AWS/ApplicationELB" in section(page, "What to watch")
    assert "These alarms stop the experiment by themselves, and are OK now: `ClientErrors`" in page
    assert "Nobody was called" not in page


def test_preparation_asks_for_people_a_stop_rule_and_a_tried_restore() -> None:
    before = section(pages_of("available-web")["02-host-ShopDatabase.md"], "Before you begin")

    for words in ("On call and present", "Stop rule", "`ShopDatabase`: the newest restore that somebody tried"):
        assert words in before


def test_start_previews_the_targets_and_stop_names_effects_that_stay() -> None:
    page = pages_of("available-web")["02-host-ShopDatabase.md"]

    assert section(page, "Start").index("actionsMode=skip-all") < section(page, "Start").rindex("start-experiment")
    assert "aws fis stop-experiment" in section(page, "Stop")
    assert "A failover is not undone" in section(page, "Stop")


def test_event_for_people_has_no_command_of_fis() -> None:
    page = pages_of("available-web")["06-data-Uploads.md"]

    assert "$ aws fis" not in page
    assert section(page, "Start").startswith("- By hand. `Uploads`: Put a test object")
    assert section(page, "Stop") == "- `Uploads`: Delete all versions of the test object."


def test_observations_stand_beside_each_prediction() -> None:
    written = section(pages_of("available-web")["03-zone-PublicSubnetA.md"], "Write down")

    assert "| `LoadBalancer`: outcome | degraded | |" in written
    assert "| `ShopDatabase`: first and last error of a client (RTO) | 60-120 s typically (minutes) | |" in written


def test_index_orders_events_and_lists_those_without_fis() -> None:
    index = pages_of("available-web")["README.md"]

    rows = [line for line in index.splitlines() if line.startswith("| 0")]
    assert rows[0].startswith("| 01 | [A host of WebServers fails](01-host-WebServers.md) | degraded (assumed) |")
    assert rows[-1].endswith("| people |")
    assert "- 05 The data of ShopDatabase are damaged: Restore the instance" in section(index, "Without AWS FIS")
    assert "| `ShopDatabaseId` | Physical id of ShopDatabase" in section(index, "Experiments")


def test_pages_name_all_files_of_the_game_day() -> None:
    texts = pages_of("serverless-orders")

    assert [name for name in texts if name != "README.md" and name not in texts["README.md"]] == []
