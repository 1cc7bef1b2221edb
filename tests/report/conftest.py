from __future__ import annotations

import pytest

from relint.finding import Failure, Report, Suppression
from relint.source.location import Position, Span
from tests.helpers.report_builder import ORDERS, RDS, S3, find_span, make_finding, make_queue_finding, make_report


@pytest.fixture
def mixed() -> Report:
    """A report with each verdict, a suppression, related locations, and failures of several stages."""
    database = find_span(ORDERS, "MultiAZ: false")
    broken = Span(Position(4, 4), Position(4, 14))
    findings = [
        make_finding(RDS, "stacks/orders.yaml", database, cdk_path="Orders/Db/Resource"),
        make_finding(RDS, at=find_span(ORDERS, "OrdersDb"), scenario='IsProd is false (Environment is "dev")'),
        make_finding(RDS, at=find_span(ORDERS, "AWS::RDS::DBInstance"), reason="parameter MultiAz has no default"),
        make_queue_finding(),
        make_finding(
            S3,
            at=find_span(ORDERS, "AWS::S3::Bucket"),
            resource="Scratch",
            resource_type="AWS::S3::Bucket",
            suppression=Suppression("rebuilt nightly"),
        ),
    ]
    failures = [
        Failure("stacks/broken.yaml", "load", "A mapping entry is indented by 3, not by 2.", broken),
        Failure("stacks/orders.yaml", "check", "Rule 'RDS-602' crashed on 'OrdersDb'.", database),
        Failure("--parameters", "options", "Parameter 'Size' was given a value, but no template declares it."),
    ]
    return make_report(findings, failures)
