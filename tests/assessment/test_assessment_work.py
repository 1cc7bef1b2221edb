"""The work of an assessment grows with events times parts, and no faster, however dense the dependencies are."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

import relint
from relint.assessment.result import Assessment

FRONT = """\
Resources:
  Front: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [subnet-0a, subnet-0b]}}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {LoadBalancerArn: !Ref Front, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {TargetType: lambda, Targets: [{Id: !GetAtt N000.Arn}]}
"""


def part(index: int, needed: list[int]) -> str:
    """Return a database, a host or a function that knows the addresses of others."""
    known = " ".join(f"${{N{other:03}}}" for other in needed)
    if index % 5 == 4:
        return f"  N{index:03}: {{Type: AWS::RDS::DBInstance, Properties: {{Engine: mysql, MultiAZ: true}}}}\n"
    if index and index % 2 == 0:
        zone = f"us-east-1{'abc'[index % 3]}"
        properties = f'AvailabilityZone: {zone}, UserData: !Sub "{known}"'
        return f"  N{index:03}: {{Type: AWS::EC2::Instance, Properties: {{{properties}}}}}\n"
    variables = f'Environment: {{Variables: {{KNOWN: !Sub "{known}"}}}}'
    return f"  N{index:03}: {{Type: AWS::Lambda::Function, Properties: {{{variables}}}}}\n"


def layers(count: int) -> str:
    """Return a system of layers of ten parts, of which each part knows three of the next layer."""
    choose = random.Random(1)
    parts = []
    for index in range(count):
        below = [other for other in range(count) if other // 10 == index // 10 + 1]
        parts.append(part(index, choose.sample(below, min(3, len(below))) if index else list(range(1, 10))))
    return FRONT + "".join(parts)


def circles(count: int) -> str:
    """Return a system in which each part knows eight others, anywhere."""
    choose = random.Random(1)
    others = (choose.sample([other for other in range(count) if other != index], 8) for index in range(count))
    return FRONT + "".join(part(index, known) for index, known in enumerate(others))


def count_calls(file: Path) -> tuple[int, Assessment]:
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        assessment = relint.assess(file, config=None)
    finally:
        sys.setprofile(before)
    return calls, assessment


@pytest.mark.parametrize("system", [layers, circles])
def test_work_grows_with_events_times_parts(tmp_path: Path, system: Callable[[int], str]) -> None:
    file = tmp_path / "template.yaml"
    calls = []
    for count in (40, 80):
        file.write_text(system(count), encoding="utf-8")
        relint.assess(file, config=None)  # the first assessment reads the tables
        made, assessment = count_calls(file)
        calls.append(made)
        assert len(assessment.entries[0].path) > count * 0.8

    # Twice the parts have twice the events, and each event may stop twice the parts.
    assert calls[1] < 4.5 * calls[0]
    assert calls[1] < 400_000
