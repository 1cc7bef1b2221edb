from __future__ import annotations

import json
from typing import Any

import pytest

import relint

_SIZE = 1500


def _records(last: int) -> dict[str, Any]:
    """Return a chain of aliases; the last one leads to the one with the number `last`."""
    resources: dict[str, Any] = {}
    for number in range(_SIZE):
        target = number + 1 if number + 1 < _SIZE else last
        alias = {"DNSName": f"r{target}.example.com", "HostedZoneId": "Z1"}
        properties = {"HostedZoneId": "Z1", "Name": f"r{number}.example.com", "Type": "A", "AliasTarget": alias}
        resources[f"R{number}"] = {"Type": "AWS::Route53::RecordSet", "Properties": properties}
    return resources


@pytest.mark.parametrize(
    ("last", "findings"),
    [pytest.param(_SIZE, 0, id="a chain that ends elsewhere"), pytest.param(0, 1, id="one circle is one finding")],
)
def test_long_chain_of_aliases_is_followed(last: int, findings: int) -> None:
    resources = _records(last)
    resources["R0"]["Properties"] |= {"Failover": "SECONDARY", "SetIdentifier": "two"}
    report = relint.check_text(
        json.dumps({"Resources": resources}), file="dns.json", select=["R53-802", "TOPO-801"], ruleset="all"
    )
    errors = [finding for finding in report.findings if finding.level == "error"]
    assert (len(errors), report.failures) == (findings, ())
