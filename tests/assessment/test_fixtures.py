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
#   Hardware: the one instance is lost; the group replaces it, in a time without bound.
#   AZ: zone 1 is lost; the group has no other. Region: nothing durable is lost, somebody deploys anew.
# ShopDatabase has no standby (IsProd is false) and one day of backups: damaged data are restored from the last 5
# minutes. Whether RDS replaces its host by itself could not be verified: unknown, but it is interrupted. It lies in one
# of two zones, no matter which: with this one somebody has to restore it in the other, from a backup.
# Uploads has no versions, so that damaged data are lost; S3 survives a zone.
FRAGILE = {
    "LoadBalancer": {
        "Software": ("not_applicable", "n/a", "n/a"),
        "Hardware": ("outage_self_heals", NO_BOUND, "n/a"),
        "AZ": ("outage_manual", NO_BOUND, "n/a"),
        "Region": ("outage_manual", "no_path", "n/a"),
    },
    "ShopDatabase": {
        "Software": ("outage_manual", "hours_or_more", "minutes"),
        "Hardware": ("unknown>=interruption", NO_BOUND, "unknown"),
        "AZ": ("outage_manual", NO_BOUND, "minutes"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
    "Uploads": {
        "Software": ("data_loss_unrecoverable", "no_path", "total_loss"),
        "Hardware": ("no_outage", NO_BOUND, "zero"),
        "AZ": ("no_outage", NO_BOUND, "zero"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
}

# available-web: two instances in two zones, a standby, versions. One instance or one zone less leaves the other; the
# database fails over in 60 to 120 seconds and loses nothing.
AVAILABLE = {
    "LoadBalancer": {
        "Software": ("not_applicable", "n/a", "n/a"),
        "Hardware": ("degraded", NO_BOUND, "n/a"),
        "AZ": ("degraded", NO_BOUND, "n/a"),
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
        "Hardware": ("no_outage", NO_BOUND, "zero"),
        "AZ": ("no_outage", NO_BOUND, "zero"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
}

# serverless-orders: Api calls Receive, which knows the table Orders. KeepHistory has no default and decides about
# backups: unknown. All three are services that AWS keeps through the loss of a zone, in no stated time; AWS does
# not say that DynamoDB loses nothing then, so that this loss has no bound either.
# Pending hands work to Process, which runs in subnets of a list that only a deployment knows: they may be in one zone.
# There is no fact about SQS. Customers has point-in-time recovery.
SERVERLESS = {
    "Api": {
        "Software": ("unknown>=no_outage", "hours_or_more", "unknown"),
        "Hardware": ("no_outage", NO_BOUND, "unknown"),
        "AZ": ("no_outage", NO_BOUND, "unknown"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
    "Pending": {
        "Software": ("unknown>=no_outage", "hours_or_more", "unknown"),
        "Hardware": ("unknown>=no_outage", NO_BOUND, "unknown"),
        "AZ": ("unknown>=degraded", NO_BOUND, "unknown"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
    "Customers": {
        "Software": ("outage_manual", "hours_or_more", "minutes"),
        "Hardware": ("no_outage", NO_BOUND, "unknown"),
        "AZ": ("no_outage", NO_BOUND, "unknown"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
}

# data-platform: Warehouse is Aurora with one instance: it is made anew in its zone in 10 minutes, and by hand in
# another; its data lie in three zones. Search is of a type without facts. Shared is reached by two mount targets, which
# cannot lie in one zone; its daily backups lose a day or more. Lake keeps versions and is replicated to a bucket whose
# Region the ARN does not name.
PLATFORM = {
    "Warehouse": {
        "Software": ("outage_manual", "hours_or_more", "minutes"),
        "Hardware": ("outage_self_heals", "minutes", "zero"),
        "AZ": ("outage_manual", NO_BOUND, "zero"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
    "Search": {
        "Software": ("data_loss_unrecoverable", "no_path", "total_loss"),
        "Hardware": ("unknown>=no_outage", NO_BOUND, "unknown"),
        "AZ": ("unknown>=interruption", NO_BOUND, "unknown"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
    "Shared": {
        "Software": ("outage_manual", "hours_or_more", "unknown"),
        "Hardware": ("no_outage", NO_BOUND, "zero"),
        "AZ": ("degraded", NO_BOUND, "zero"),
        "Region": ("data_loss_unrecoverable", "no_path", "total_loss"),
    },
    "Lake": {
        "Software": ("outage_manual", "hours_or_more", "zero"),
        "Hardware": ("no_outage", NO_BOUND, "zero"),
        "AZ": ("no_outage", NO_BOUND, "zero"),
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
