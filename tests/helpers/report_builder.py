"""Reports built in tests: a few rules and templates, and findings that point to a piece of text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from relint.catalog.message_template import OPEN, SCENARIO, render
from relint.catalog.rule import Body, Rule
from relint.finding import Failure, Finding, Related, Report, Suppression
from relint.source.location import Position, Span

ORDERS = """\
Parameters:
  Environment: {Type: String, Default: prod}
Resources:
  OrdersDb:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceClass: db.m6g.large
      MultiAZ: false
      Tags: [{Key: "\N{PACKAGE}", Value: orders}]
  OrdersQueue:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 30
  OrdersWorker:
    Type: AWS::Lambda::Function
    Properties:
      Timeout: 120
  Scratch:
    Type: AWS::S3::Bucket  # relint: ignore[S3-601] rebuilt nightly
"""
ONE_LINE = '{"Resources":{"A":{"Type":"AWS::RDS::DBInstance"},"B":{"Type":"AWS::RDS::DBInstance"}}}'


def make_rule(rule_id: str, name: str, title: str, level: Any, **changes: Any) -> Rule:
    fields: dict[str, Any] = {
        "id": rule_id,
        "name": name,
        "title": title,
        "level": level,
        "priority": "P1",
        "pillar": ("REL10-BP01", "REL11-BP02"),
        "resources": ("AWS::RDS::DBInstance",),
        "cases": (),
        "messages": {"default": "'{resource}' breaks when its zone does."},
        "rationale": "A zone fails about once a year.\nThen the service waits until the zone is back.",
        "fix": "Set the property, which interrupts nothing:\n\n  Zones: 2",
        "references": ("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html",),
        "equivalents": {},
        "update": {},
        "edits": (),
        "file": f"rules/{name}.yaml",
    }
    fields.update(changes)
    body = Body(**{name: fields.pop(name) for name in Body._fields})
    return Rule(**fields, body=body)


RDS = make_rule(
    "RDS-701",
    "rds-multi-az",
    "Run database instances Multi-AZ",
    "error",
    messages={"default": "'{resource}' has no standby, so it is down for as long as its Availability Zone is."},
)
SQS = make_rule(
    "SQS-702",
    "sqs-visibility-over-timeout",
    "Hide a message for longer than its consumer runs",
    "warning",
    messages={
        "default": "'{resource}' hides a message for {seconds} seconds, but '{consumer}' may run for {timeout} "
        "seconds, so '{consumer}' gets it twice."
    },
    pillar=("REL05-BP03",),
)
S3 = make_rule("S3-601", "s3-versioning", "Keep old versions of objects", "note", pillar=("REL09-BP01",))


def find_span(text: str, piece: str, occurrence: int = 0) -> Span:
    """Return the span of a piece of a text, in code points."""
    offset = [match.start() for match in re.finditer(re.escape(piece), text)][occurrence]
    lines_before = re.split(r"\r\n|\r|\n", text[:offset])
    line, column = len(lines_before), len(lines_before[-1]) + 1
    return Span(Position(line, column), Position(line, column + len(piece)))


def make_finding(
    rule: Rule = RDS,
    file: str = "stacks/orders.yaml",
    at: Span | None = None,
    *arguments: str,
    resource: str = "OrdersDb",
    **fields: Any,
) -> Finding:
    """Return a finding of a rule, with the message that the engine would build."""
    scenario, reason = fields.get("scenario"), fields.get("reason")
    verdict = fields.pop("verdict", "review" if scenario else "open" if reason else "fail")
    if reason:
        message_id, template, values = "open", OPEN, (resource, reason)
    elif scenario:
        message_id, template = "default-when", rule.messages["default"] + SCENARIO
        values = (*(arguments or (resource,)), scenario)
    else:
        message_id, template, values = "default", rule.messages["default"], arguments or (resource,)
    return Finding(
        rule=rule,
        verdict=verdict,
        level=fields.pop("level", rule.level),
        message=render(template, values),
        message_id=message_id,
        arguments=tuple(values),
        file=file,
        path=fields.pop("path", ("Resources", resource, "Properties", "MultiAZ")),
        span=at or find_span(ORDERS, "MultiAZ: false"),
        logical_id=resource,
        resource_type=fields.pop("resource_type", "AWS::RDS::DBInstance"),
        **fields,
    )


def make_queue_finding() -> Finding:
    """Return a finding about two resources."""
    worker = Related(
        message="The consumer may run for 120 seconds",
        path=("Resources", "OrdersWorker", "Properties", "Timeout"),
        span=find_span(ORDERS, "Timeout: 120"),
        logical_id="OrdersWorker",
    )
    return make_finding(
        SQS,
        "stacks/orders.yaml",
        find_span(ORDERS, "VisibilityTimeout: 30"),
        "OrdersQueue",
        "30",
        "OrdersWorker",
        "120",
        resource="OrdersQueue",
        resource_type="AWS::SQS::Queue",
        path=("Resources", "OrdersQueue", "Properties", "VisibilityTimeout"),
        related=(worker,),
    )


def make_report(
    findings: Iterable[Finding] = (),
    failures: Iterable[Failure] = (),
    sources: dict[str, str] | None = None,
    rules: tuple[Rule, ...] = (RDS, S3, SQS),
) -> Report:
    sources = {"stacks/orders.yaml": ORDERS} if sources is None else sources
    return Report(
        results=tuple(findings), failures=tuple(failures), rules=rules, templates=tuple(sources), sources=sources
    )


def make_mixed_report() -> Report:
    """Return a report with each verdict, a suppression, related locations, and failures of several stages."""
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
