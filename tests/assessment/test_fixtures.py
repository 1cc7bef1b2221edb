"""Assessments of the templates in fixtures/, worked out by hand from the templates and the table of facts."""

from __future__ import annotations

import pytest

import relint
from relint.assessment.result import EntryResult, Result, loss_class, time_class
from tests.helpers.paths import ROOT

NO_BOUND = "unknown(>=none)"


def entry_of(folder: str, name: str) -> EntryResult:
    assessment = relint.assess(ROOT / "fixtures" / folder, config=None)
    return next(entry for entry in assessment.entries if entry.id == name)


def summary(result: Result) -> tuple[str, str, str]:
    outcome = f"unknown>={result.worst_known}" if result.outcome == "unknown" else result.outcome
    rto = time_class(result.rto, has_no_path=result.has_no_path, is_restore=result.is_restore)
    return outcome, rto, loss_class(result.rpo)


# fragile-web, with its default Environment "dev".
# LoadBalancer lies in zones 1 and 2, the group WebServers keeps one instance, in zone 1 only. No property of either
# names the database or the bucket, so these are data on their own.
#   Hardware: the one instance is lost; the group replaces it, in 2 minutes at least; without a CreationPolicy nothing
#   hints at a bound. AZ: zone 1 is lost; the group has no other. Region: no data are lost; somebody deploys it again.
# ShopDatabase has no standby (IsProd is false) and one day of backups: damaged data are restored from 5 minutes ago.
# RDS replaces its host by itself, in 5 minutes at least, with its volume. It lies in one of two zones, no matter which:
# with this one somebody has to restore it in the other, in 30 minutes at least, from a backup.
# Uploads has no versions, so that damaged data are lost; S3 survives a zone, and requests succeed within 60 seconds.
FRAGILE = {
    "LoadBalancer": {
        "Software": ("not_applicable", "n/a", "n/a"),
        "Hardware": ("outage_self_heals", "unknown(>=minutes)", "n/a"),
        "AZ": ("outage_manual", NO_BOUND, "n/a"),
        "Region": ("outage_manual", "no_path", "n/a"),
    },
    "ShopDatabase": {
        "Software": ("outage_manual", "hours_or_more", "minutes"),
        "Hardware": ("outage_self_heals", "unknown(>=minutes)", "zero"),
        "AZ": ("outage_manual", "unknown(>=tens_of_minutes)", "minutes"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
    "Uploads": {
        "Software": ("data_loss_unrecoverable", "no_path", "total_loss"),
        "Hardware": ("no_outage", "minutes", "zero"),
        "AZ": ("no_outage", "minutes", "zero"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
}

# available-web: two instances in two zones, a standby, versions. One instance or zone less leaves the other; the load
# balancer notices by two checks, one every 30 seconds. The database fails over in 60 to 120 seconds and loses nothing.
AVAILABLE = {
    "LoadBalancer": {
        "Software": ("not_applicable", "n/a", "n/a"),
        "Hardware": ("degraded", "minutes", "n/a"),
        "AZ": ("degraded", "minutes", "n/a"),
        "Region": ("outage_manual", "no_path", "n/a"),
    },
    "ShopDatabase": {
        "Software": ("outage_manual", "hours_or_more", "minutes"),
        "Hardware": ("interruption", "minutes", "zero"),
        "AZ": ("interruption", "minutes", "zero"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
    "Uploads": {
        "Software": ("outage_manual", "hours_or_more", "zero"),
        "Hardware": ("no_outage", "minutes", "zero"),
        "AZ": ("no_outage", "minutes", "zero"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
}

# serverless-orders: Api calls Receive, which knows the table Orders. KeepHistory has no default and decides about
# backups: unknown. All three are services that AWS keeps through the loss of a zone, with retries for 60 seconds.
# Pending hands work to Process, which runs in subnets of a list that only a deployment knows: they may be in one zone.
# A queue keeps its messages in several zones. Customers has point-in-time recovery.
SERVERLESS = {
    "Api": {
        "Software": ("unknown>=no_outage", "hours_or_more", "unknown"),
        "Hardware": ("no_outage", "minutes", "zero"),
        "AZ": ("no_outage", "minutes", "zero"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
    "Pending": {
        "Software": ("unknown>=no_outage", "hours_or_more", "unknown"),
        "Hardware": ("no_outage", "minutes", "zero"),
        "AZ": ("unknown>=no_outage", NO_BOUND, "zero"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
    "Customers": {
        "Software": ("outage_manual", "hours_or_more", "minutes"),
        "Hardware": ("no_outage", "minutes", "zero"),
        "AZ": ("no_outage", "minutes", "zero"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
}

# data-platform: Warehouse is Aurora with one instance: it is made anew in its zone in 10 minutes, and by hand in
# another; its data lie in three zones. Search has two nodes in one zone: one is enough, and with the zone somebody
# restores a snapshot, of which there is one an hour. Shared is reached by two mount targets, which cannot lie in one
# zone; its daily backups start within 8 hours, so that 32 hours may be lost. Lake keeps versions and is replicated to a
# bucket whose Region the ARN does not name.
PLATFORM = {
    "Warehouse": {
        "Software": ("outage_manual", "hours_or_more", "minutes"),
        "Hardware": ("outage_self_heals", "minutes", "zero"),
        "AZ": ("outage_manual", NO_BOUND, "zero"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
    "Search": {
        "Software": ("outage_manual", "hours_or_more", "unknown"),
        "Hardware": ("degraded", NO_BOUND, "zero"),
        "AZ": ("outage_manual", NO_BOUND, "unknown"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
    "Shared": {
        "Software": ("outage_manual", "hours_or_more", "day"),
        "Hardware": ("no_outage", "minutes", "zero"),
        "AZ": ("no_outage", "minutes", "zero"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
    "Lake": {
        "Software": ("outage_manual", "hours_or_more", "zero"),
        "Hardware": ("no_outage", "minutes", "zero"),
        "AZ": ("no_outage", "minutes", "zero"),
        "Region": ("unknown>=outage_manual", "no_path", "unknown"),
    },
}

# nested-shop: the parent turns the standby of both databases on; the values in the child do not count.
NESTED = {
    "Orders.Database": {
        "Software": ("outage_manual", "hours_or_more", "minutes"),
        "Hardware": ("interruption", "minutes", "zero"),
        "AZ": ("interruption", "minutes", "zero"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
}
NESTED["Reports.Database"] = NESTED["Orders.Database"]

CASES = [
    pytest.param(folder, name, expected, id=f"{folder} {name}")
    for folder, entries in {
        "fragile-web": FRAGILE,
        "available-web": AVAILABLE,
        "serverless-orders": SERVERLESS,
        "data-platform": PLATFORM,
        "nested-shop": NESTED,
    }.items()
    for name, expected in entries.items()
]


@pytest.mark.parametrize(("folder", "name", "expected"), CASES)
def test_assessment_is_that_of_the_hand(folder: str, name: str, expected: dict[str, tuple[str, str, str]]) -> None:
    results = entry_of(folder, name).results

    assert {result.disruption: summary(result) for result in results} == expected


def test_single_points_are_those_of_the_hand() -> None:
    fragile, available = (entry_of(folder, "LoadBalancer") for folder in ("fragile-web", "available-web"))
    database = entry_of("available-web", "ShopDatabase")

    assert fragile.single_points.instance == ("WebServers",)
    assert fragile.single_points.zonal == ("WebServers",)
    assert available.single_points.instance == available.single_points.zonal == ()
    assert available.single_points.zonal_possible == ()
    assert database.single_points.interrupting == ("ShopDatabase",)
    assert available.assumptions == ("1 of 2 of WebServers is enough",)
