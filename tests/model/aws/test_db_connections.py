"""Connections that databases accept, compared with the tables in the guides of RDS and Aurora."""

from __future__ import annotations

from typing import Any

import pytest

from relint.model.aws.db_connections import connection_limits, evaluate_formula
from relint.model.aws.db_instance_classes import class_memory
from relint.resolve.value import Unknown
from tests.helpers.views import view_of

GIB = 1024**3


def limit_of(engine: str, instance_class: str, **properties: Any) -> int | Unknown | None:
    """Return the limit of an instance on its own, or of a member of the cluster with the `cluster` properties."""
    cluster = properties.pop("cluster", None)
    resources: dict[str, Any] = {
        "Db": {
            "Type": "AWS::RDS::DBInstance",
            "Properties": {"Engine": engine, "DBInstanceClass": instance_class, **properties},
        },
        "Group": {
            "Type": "AWS::RDS::DBParameterGroup",
            "Properties": {"Parameters": {"max_connections": "LEAST({DBInstanceClassMemory/1048576}, 700)"}},
        },
    }
    if cluster is not None:
        resources["Cluster"] = {"Type": "AWS::RDS::DBCluster", "Properties": {"Engine": engine, **cluster}}
        resources["Db"]["Properties"]["DBClusterIdentifier"] = {"Ref": "Cluster"}
    view = view_of(resources)
    limits = connection_limits(view, view.template.resources["Cluster" if cluster is not None else "Db"])
    return None if limits is None else limits.writer.number


@pytest.mark.parametrize(
    ("name", "gibibytes"),
    [
        ("db.t3.micro", 1),
        ("db.t4g.small", 2),
        ("db.m3.medium", 3.75),
        ("db.m5.24xlarge", 384),
        ("db.r4.large", 15.25),
        ("DB.R7G.LARGE", 16),
        ("db.x1e.xlarge", 122),
        ("db.x2g.16xlarge", 1024),
        ("db.z1d.3xlarge", 96),
        ("db.m6g.24xlarge", None),
        ("db.r5.2xlarge.tpc1.mem2x", None),
        ("db.m99.large", None),
        ("large", None),
    ],
)
def test_a_class_has_the_memory_of_the_instance_type_of_its_name(name: str, gibibytes: float | None) -> None:
    assert class_memory(name) == gibibytes


@pytest.mark.parametrize(
    ("instance_class", "connections"),
    [
        ("db.t2.small", 45),
        ("db.t3.medium", 90),
        ("db.t4g.large", 135),
        ("db.r3.large", 1000),
        ("db.r4.16xlarge", 6000),
        ("db.r5.8xlarge", 5000),
        ("db.r5.12xlarge", 6000),
        ("db.r5.24xlarge", 7000),
        ("db.r6g.4xlarge", 4000),
        ("db.x2g.large", 2000),
        ("db.x2g.8xlarge", 6000),
        ("db.x2g.16xlarge", 7000),
    ],
)
def test_aurora_mysql_accepts_the_numbers_of_its_guide(instance_class: str, connections: int) -> None:
    assert limit_of("aurora-mysql", instance_class, cluster={}) == connections


@pytest.mark.parametrize(
    ("engine", "smallest", "largest", "connections"),
    [
        ("aurora-mysql", 0.5, 1, 90),
        ("aurora-mysql", 0.5, 4, 135),
        ("aurora-mysql", 0.5, 32, 3000),
        ("aurora-mysql", 0.5, 128, 5000),
        ("aurora-postgresql", 1, 128, 5000),
        ("aurora-postgresql", 0.5, 16, 2000),
        ("aurora-postgresql", 0, 128, 2000),
    ],
)
def test_limit_of_a_serverless_cluster_follows_from_its_largest_capacity(
    engine: str, smallest: float, largest: float, connections: int
) -> None:
    scaling = {"MinCapacity": smallest, "MaxCapacity": largest}
    limit = limit_of(engine, "db.serverless", cluster={"ServerlessV2ScalingConfiguration": scaling})
    assert limit == connections


@pytest.mark.parametrize(
    ("engine", "instance_class", "properties", "connections"),
    [
        pytest.param("mysql", "db.m7g.large", {}, 682, id="MySQL: 12 MB each"),
        pytest.param("mariadb", "db.m7g.large", {}, 341, id="MariaDB: 24 MB each"),
        pytest.param("postgres", "db.m7g.large", {}, 901, id="PostgreSQL: 9 MB each"),
        pytest.param("postgres", "db.r7g.16xlarge", {}, 5000, id="PostgreSQL: 5,000 at most"),
        pytest.param("postgres", "db.r7g.large", {"DBParameterGroupName": {"Ref": "Group"}}, 700, id="by parameter"),
        pytest.param("mysql", "db.m7g.large", {"DBParameterGroupName": "default.mysql8.4"}, 682, id="default group"),
        pytest.param("oracle-ee", "db.m7i.large", {}, None, id="Oracle is not judged"),
    ],
)
def test_limit_of_an_instance_follows_from_its_memory(
    engine: str, instance_class: str, properties: dict[str, Any], connections: int | None
) -> None:
    assert limit_of(engine, instance_class, **properties) == connections


@pytest.mark.parametrize(
    ("instance_class", "properties"),
    [("db.m99.large", {}), ("db.m7g.large", {"DBParameterGroupName": "tuned"})],
    ids=["class that the table does not contain", "parameter group of another stack"],
)
def test_limit_of_unknown_classes_and_groups_is_unknown(instance_class: str, properties: dict[str, Any]) -> None:
    assert isinstance(limit_of("mysql", instance_class, **properties), Unknown)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("250", 250),
        ("{DBInstanceClassMemory/1073741824}", 8),
        ("{DBInstanceClassMemory*3/4294967296}", 6),
        ("GREATEST({DBInstanceClassMemory/1073741824}, 100)", 100),
        ("SUM({DBInstanceClassMemory/1073741824},1)", 9),
        ("{log(DBInstanceClassMemory/805306368)*45}", None),
        ("LEAST({log(DBInstanceClassMemory/2)},5)", None),
        ("{DBInstanceClassMemory/0}", None),
        ("{DBInstanceVCPU*100}", None),
    ],
)
def test_formulas_of_parameter_groups_are_computed(formula: str, value: int | None) -> None:
    assert evaluate_formula(formula, 8 * GIB) == value
