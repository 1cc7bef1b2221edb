"""Features that RDS does not offer for an engine, an instance class or a version."""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.logic.truth import Truth, all_of, any_of, negate
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


class Exclusion(NamedTuple):
    """Databases that lack a feature, by engines: names in small letters, `*` at the end of those that begin so.

    Regular expressions match the whole class and version; "" is any.
    `checked` is the day on which the source was read. `doubt` says why AWS leaves open whether the feature exists.
    """

    feature: str
    engines: tuple[str, ...]
    source: str
    checked: str
    classes: str = ""
    versions: str = ""
    doubt: str = ""


_GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide"
_CREATE_INSTANCE = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"

EXCLUSIONS = (
    # a standby in another zone, by MultiAZ
    Exclusion("multi_az", ("aurora*",), _CREATE_INSTANCE, "2026-11-28"),
    Exclusion("multi_az", ("custom-oracle-*",), f"{_GUIDE}/Concepts.MultiAZSingleStandby.html", "2026-11-28"),
    Exclusion("multi_az", ("sqlserver-ex",), f"{_GUIDE}/USER_SQLServerMultiAZ.html", "2026-11-28"),
    Exclusion(
        *("multi_az", ("sqlserver-web",), f"{_GUIDE}/USER_SQLServerMultiAZ.html", "2026-11-28"),
        versions=r"1[0-5](\..*)?",
    ),
    Exclusion(
        *("multi_az", ("sqlserver-web",), f"{_GUIDE}/USER_SQLServerMultiAZ.Recommendations.html", "2026-11-28"),
        versions=r"(1[6-9]|[2-9]\d)(\..*)?",
        doubt="RDS offers Multi-AZ for some builds of SQL Server Web only",
    ),
    Exclusion(
        *("multi_az", ("sqlserver-dev-ee",), f"{_GUIDE}/sqlserver-dev-edition.html", "2026-11-28"),
        doubt="AWS does not say whether SQL Server Developer Edition has Multi-AZ in every Region",
    ),
    # Performance Insights, by EnablePerformanceInsights
    Exclusion("performance_insights", ("custom-*",), _CREATE_INSTANCE, "2026-11-28"),
    Exclusion(
        *("performance_insights", ("db2-*",)),
        *(f"{_GUIDE}/Concepts.RDS_Fea_Regions_DB-eng.Feature.PerformanceInsights.html", "2026-11-28"),
    ),
    Exclusion(
        *("performance_insights", ("mysql", "mariadb"), f"{_GUIDE}/USER_DatabaseInsights.Engines.html", "2026-11-28"),
        classes=r"db\.(t2|t3|t4g)\.(micro|small)",
    ),
    Exclusion(
        *("performance_insights", ("aurora", "aurora-mysql")),
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DatabaseInsights.Engines.html",
        "2026-11-28",
        classes=r"db\.(t2\..*|t3\..*|t4g\.(micro|small))",
    ),
    # minor versions in the maintenance window, by AutoMinorVersionUpgrade
    Exclusion("minor_upgrades", ("custom-*",), _CREATE_INSTANCE, "2026-11-28"),
    # storage that grows, by MaxAllocatedStorage
    Exclusion("storage_autoscaling", ("aurora*", "custom-*"), _CREATE_INSTANCE, "2026-11-28"),
    # metrics of the operating system, by MonitoringInterval
    Exclusion("enhanced_monitoring", ("custom-*",), _CREATE_INSTANCE, "2026-11-28"),
    # a BackupRetentionPeriod of 0
    Exclusion("backups_off", ("custom-oracle-*",), _CREATE_INSTANCE, "2026-11-28"),
    # backups and deletion protection of the instance; those of Aurora belong to the cluster
    Exclusion("backups", ("aurora*",), _CREATE_INSTANCE, "2026-11-28"),
    Exclusion("deletion_protection", ("aurora*",), _CREATE_INSTANCE, "2026-11-28"),
)


def supports(view: View, database: Resource, feature: str) -> Truth:
    """Whether RDS offers a feature for the engine, class and version of an AWS::RDS::DBInstance or DBCluster.

    An unknown engine is taken for one that has the feature, unless some engine lacks it on this class: then the result
    is unknown. Unknown, too, if the class or version decides and is unknown.
    """
    engine = engine_of(view, database)
    instance_class = view.get(database, "Properties", "DBInstanceClass").value
    version = view.get(database, "Properties", "EngineVersion").value
    return negate(
        any_of(
            _applies(exclusion, engine, instance_class, version)
            for exclusion in EXCLUSIONS
            if exclusion.feature == feature
        )
    )


def engine_of(view: View, database: Resource) -> Any:
    """Return the engine of a database, or of the cluster or source in the template from which it has its engine."""
    engine = view.get(database, "Properties", "Engine").value
    if engine is not ABSENT:
        return engine
    for name in ("DBClusterIdentifier", "SourceDBInstanceIdentifier", "SourceDBClusterIdentifier"):
        source = view.target(view.get(database, "Properties", name), "AWS::RDS::DBCluster", "AWS::RDS::DBInstance")
        if source is not None and source is not database:
            return view.get(source, "Properties", "Engine").value
    return ABSENT


def _applies(exclusion: Exclusion, engine: Any, instance_class: Any, version: Any) -> Truth:
    if not exclusion.classes and (engine is ABSENT or isinstance(engine, Unknown)):
        return False
    applies = all_of(
        (
            _is_among(exclusion.engines, engine),
            # A database without a class is restored or a replica, with a class that is rarely among the excluded.
            instance_class is not ABSENT and _matches(exclusion.classes, instance_class, "the class")
            if exclusion.classes
            else True,
            _matches(exclusion.versions, version, "the version") if exclusion.versions else True,
        )
    )
    return Unknown(("Feature", exclusion.feature), exclusion.doubt) if exclusion.doubt and applies is True else applies


def _is_among(engines: tuple[str, ...], engine: Any) -> Truth:
    if engine is ABSENT:
        return Unknown(("Feature", engines), "the engine of the database is not in this template")
    if isinstance(engine, Unknown):
        return engine
    name = scalar_text(engine).lower()
    return any(name.startswith(other[:-1]) if other.endswith("*") else name == other for other in engines)


def _matches(pattern: str, value: Any, name: str) -> Truth:
    if value is ABSENT:
        return Unknown(("Feature", pattern), f"{name} of the database is not in this template")
    return value if isinstance(value, Unknown) else bool(re.fullmatch(pattern, scalar_text(value), re.IGNORECASE))
