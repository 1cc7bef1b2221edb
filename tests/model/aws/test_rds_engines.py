"""The table of what RDS cannot do, against the rules that ask it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

import pytest

from relint.api import load_rules
from relint.model.aws.rds_engines import EXCLUSIONS, Exclusion, supports
from relint.resolve.value import Unknown
from tests.helpers.views import view_of

ENGINES = (
    *("aurora", "aurora-mysql", "aurora-postgresql", "mysql", "mariadb", "postgres", "db2-ae", "db2-ce", "db2-se"),
    *("oracle-ee", "oracle-ee-cdb", "oracle-se2", "oracle-se2-cdb", "custom-oracle-ee", "custom-oracle-se2-cdb"),
    *("sqlserver-dev-ee", "sqlserver-ee", "sqlserver-se", "sqlserver-ex", "sqlserver-web", "custom-sqlserver-web"),
)
"""Engines of the API, and aurora, which has ended.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
"""


def features_of(clause: Any) -> Iterator[str]:
    """Yield the features about which compiled clauses ask."""
    if isinstance(clause, dict):
        if clause.get("feature"):
            yield clause["feature"]
        clause = list(clause.values())
    if isinstance(clause, list | tuple):
        for part in clause:
            yield from features_of(part)


def test_rules_ask_for_the_features_of_the_table() -> None:
    clauses = [(case.when, case.asserts) for rule in load_rules() for case in rule.cases]
    assert set(features_of(clauses)) == {exclusion.feature for exclusion in EXCLUSIONS}


@pytest.mark.parametrize(
    "exclusion", EXCLUSIONS, ids=lambda exclusion: f"{exclusion.feature} {' '.join(exclusion.engines)}"
)
def test_exclusion_has_a_source_a_day_and_an_engine(exclusion: Exclusion) -> None:
    assert exclusion.source.startswith("https://docs.aws.amazon.com/")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", exclusion.checked)
    assert all(any(fnmatchcase(engine, name) for engine in ENGINES) for name in exclusion.engines)


@pytest.mark.parametrize(
    ("feature", "properties", "expected"),
    [
        ("multi_az", {"Engine": "mysql"}, True),
        ("multi_az", {"Engine": "aurora-mysql"}, False),
        ("multi_az", {"Engine": "Aurora-PostgreSQL"}, False),
        ("multi_az", {"Engine": "custom-oracle-ee"}, False),
        ("multi_az", {"Engine": "custom-sqlserver-ee"}, True),
        ("multi_az", {"Engine": "sqlserver-ex"}, False),
        ("multi_az", {"Engine": "sqlserver-web", "EngineVersion": "15.00.4236.7.v1"}, False),
        ("multi_az", {"Engine": "sqlserver-web", "EngineVersion": "16.00.4085.2.v1"}, None),
        ("multi_az", {"Engine": "sqlserver-web"}, None),
        ("multi_az", {"Engine": "sqlserver-dev-ee"}, None),
        ("multi_az", {"Engine": {"Ref": "Free"}}, True),
        ("multi_az", {}, True),
        ("performance_insights", {"Engine": "postgres", "DBInstanceClass": "db.t3.micro"}, True),
        ("performance_insights", {"Engine": "db2-se"}, False),
        ("performance_insights", {"Engine": "custom-sqlserver-se"}, False),
        ("performance_insights", {"Engine": "mysql", "DBInstanceClass": "db.t2.micro"}, False),
        ("performance_insights", {"Engine": "mysql", "DBInstanceClass": "db.t3.small"}, False),
        ("performance_insights", {"Engine": "mariadb", "DBInstanceClass": "db.t4g.micro"}, False),
        ("performance_insights", {"Engine": "mariadb", "DBInstanceClass": "db.t4g.medium"}, True),
        ("performance_insights", {"Engine": "mysql", "DBInstanceClass": "db.r7g.large"}, True),
        ("performance_insights", {"Engine": "mysql", "DBInstanceClass": {"Ref": "Free"}}, None),
        ("performance_insights", {"Engine": "mysql"}, True),
        ("performance_insights", {"DBInstanceClass": "db.t3.micro"}, None),
        ("performance_insights", {"DBInstanceClass": "db.r7g.large"}, True),
        ("performance_insights", {"Engine": "aurora-mysql", "DBInstanceClass": "db.t3.medium"}, False),
        ("performance_insights", {"Engine": "aurora", "DBInstanceClass": "db.t2.small"}, False),
        ("performance_insights", {"Engine": "aurora-mysql", "DBInstanceClass": "db.t4g.small"}, False),
        ("performance_insights", {"Engine": "aurora-mysql", "DBInstanceClass": "db.t4g.large"}, True),
        ("minor_upgrades", {"Engine": "custom-oracle-ee"}, False),
        ("minor_upgrades", {"Engine": "oracle-ee"}, True),
        ("storage_autoscaling", {"Engine": "aurora-mysql"}, False),
        ("storage_autoscaling", {"Engine": "custom-oracle-ee"}, False),
        ("storage_autoscaling", {"Engine": "postgres"}, True),
        ("enhanced_monitoring", {"Engine": "custom-sqlserver-se"}, False),
        ("enhanced_monitoring", {"Engine": "aurora-mysql"}, True),
        ("backups_off", {"Engine": "custom-oracle-ee"}, False),
        ("backups_off", {"Engine": "custom-sqlserver-se"}, True),
        ("backups", {"Engine": "aurora-mysql"}, False),
        ("backups", {"Engine": "mysql"}, True),
        ("deletion_protection", {"Engine": "aurora-postgresql"}, False),
        ("deletion_protection", {"Engine": "postgres"}, True),
        ("multi_az", {"DBClusterIdentifier": {"Ref": "Cluster"}}, False),
        ("multi_az", {"SourceDBInstanceIdentifier": {"Ref": "Cluster"}}, False),
        ("multi_az", {"SourceDBClusterIdentifier": {"Ref": "Cluster"}}, False),
        ("multi_az", {"SourceDBInstanceIdentifier": {"Ref": "Database"}}, True),
    ],
    ids=str,
)
def test_database_has_the_feature(feature: str, properties: dict[str, Any], expected: bool | None) -> None:
    view = view_of(
        {
            "Cluster": {"Type": "AWS::RDS::DBCluster", "Properties": {"Engine": "aurora-mysql"}},
            "Database": {"Type": "AWS::RDS::DBInstance", "Properties": properties},
        },
        Parameters={"Free": {"Type": "String"}},
    )
    truth = supports(view, view.template.resources["Database"], feature)
    assert (None if isinstance(truth, Unknown) else truth) is expected
