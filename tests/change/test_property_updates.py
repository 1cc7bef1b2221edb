"""What AWS does to a resource when a property changes: the schemas of CloudFormation, and the table beside them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from relint.change.effect import EFFECTS
from relint.change.facts.update_facts import EffectRow, effect_rows, property_updates, schema_date
from tests.helpers.paths import ROOT
from tests.helpers.resource_schemas import is_listed, property_exists

ROWS = [row for rows in effect_rows().values() for row in rows]
FILE = ROOT / "relint" / "change" / "facts" / "property_updates.txt"


@pytest.mark.slow
def test_list_of_properties_is_that_of_the_installed_schemas() -> None:
    code = "import runpy; print(runpy.run_path('scripts/property_updates.py')['generate'](), end='')"
    generated = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    message = "stale: python scripts/property_updates.py"
    assert generated.stdout == FILE.read_text(encoding="utf-8"), message


def test_properties_of_a_database_instance() -> None:
    updates = property_updates("AWS::RDS::DBInstance")
    assert updates is not None
    assert {"DBName", "StorageEncrypted", "DBInstanceIdentifier"} <= updates.create_only
    assert "MultiAZ" in updates.conditional
    assert updates.names == {"DBInstanceIdentifier"}
    assert "VPCSecurityGroups" in updates.unordered


def test_name_of_a_security_group_is_unique_in_its_vpc() -> None:
    updates = property_updates("AWS::EC2::SecurityGroup")
    assert updates is not None
    assert (updates.names, updates.scopes) == ({"GroupName"}, {"VpcId"})
    assert "VpcId" in updates.create_only


def test_part_of_an_identifier_is_a_scope() -> None:
    updates = property_updates("AWS::EC2::Route")
    assert updates is not None
    assert (updates.names, updates.scopes) == (set(), {"RouteTableId"})


def test_hosted_zones_may_share_a_name() -> None:
    updates = property_updates("AWS::Route53::HostedZone")
    assert updates is not None
    assert updates.names == set()


def test_type_without_a_schema_has_no_properties() -> None:
    assert property_updates("Custom::Thing") is None


def test_schemas_are_dated() -> None:
    assert schema_date() >= "2026-01-01"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(row[:3]))
def test_effect_is_stated_by_aws(row: EffectRow) -> None:
    pytest.importorskip("cfnlint")
    assert property_exists(row.resource_type, row.property)
    assert row.effect in EFFECTS
    assert row.says
    assert row.source.startswith(("https://docs.aws.amazon.com/", "https://github.com/aws-cloudformation/"))
    assert row.as_of >= "2026"
    assert not is_listed(row.resource_type, row.property, "createOnlyProperties"), "the schema says so already"


@pytest.mark.parametrize("rows", effect_rows().values(), ids=lambda rows: " ".join(rows[0][:2]))
def test_last_row_of_a_property_holds_always(rows: tuple[EffectRow, ...]) -> None:
    assert [bool(row.when) for row in rows] == [*[True] * (len(rows) - 1), False]
