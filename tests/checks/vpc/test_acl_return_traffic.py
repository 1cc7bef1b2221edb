"""Network ACLs whose entries let responses pass, or drop them."""

from __future__ import annotations

from typing import Any

import pytest

from relint.checks.problem import Problem
from relint.checks.vpc.acl_return_traffic import check
from tests.helpers.views import view_of

ANY = "0.0.0.0/0"
ASSOCIATION = {
    "Type": "AWS::EC2::SubnetNetworkAclAssociation",
    "Properties": {"NetworkAclId": {"Ref": "Acl"}, "SubnetId": {"Ref": "Subnet"}},
}


def entry(ports: tuple[int, int] | None, *, egress: bool | None = None, **others: Any) -> dict[str, Any]:
    """Return an entry that allows TCP from or to everywhere, unless told otherwise."""
    properties = {"NetworkAclId": {"Ref": "Acl"}, "RuleNumber": 100, "Protocol": 6, "RuleAction": "allow", **others}
    if "Ipv6CidrBlock" not in others:
        properties.setdefault("CidrBlock", ANY)
    if ports:
        properties["PortRange"] = {"From": ports[0], "To": ports[1]}
    if egress is not None:
        properties["Egress"] = egress
    return {"Type": "AWS::EC2::NetworkAclEntry", "Properties": properties}


def problem(entries: list[dict[str, Any]], **clients: Any) -> tuple[str, str] | None:
    """Return the entry whose responses are dropped, and the ports of the responses; None if all pass."""
    named = {f"E{number}": each for number, each in enumerate(entries)}
    view = view_of({"Acl": {"Type": "AWS::EC2::NetworkAcl"}, "Association": ASSOCIATION, **named, **clients})
    found = list(check(view.template.resources["Acl"], view))
    if not found:
        return None
    assert isinstance(found[0], Problem)
    return str(found[0].path[-1]), found[0].values["ports"]


HTTPS = entry((443, 443))
LINUX = "32768 to 60999"


@pytest.mark.parametrize(
    ("responses", "passes"),
    [
        pytest.param([entry((32768, 60999), egress=True)], True, id="the ports of clients"),
        pytest.param([entry((32769, 60999), egress=True)], False, id="without the first"),
        pytest.param([entry((32768, 60998), egress=True)], False, id="without the last"),
        pytest.param([entry((32768, 60999))], False, id="of the same direction"),
        pytest.param([entry((32768, 60999), egress=False)], False, id="of the same direction, as is written"),
        pytest.param([entry((32768, 50000), egress=True), entry((50001, 60999), egress=True, RuleNumber=110)], True,
            id="two entries together"),
        pytest.param([entry((32768, 50000), egress=True), entry((50002, 60999), egress=True, RuleNumber=110)],
            False, id="two entries that leave a port out"),
        pytest.param([entry(None, egress=True, Protocol=-1)], True, id="all protocols"),
        pytest.param([entry((1, 2), egress=True, Protocol="-1")], True, id="all protocols, which have no ports"),
        pytest.param([entry(None, egress=True, Protocol="tcp")], True, id="all ports of TCP"),
        pytest.param([entry(None, egress=True, Protocol=17)], False, id="UDP"),
        pytest.param([entry((-1, -1), egress=True)], True, id="all ports by -1"),
        pytest.param([entry(None, egress=True, CidrBlock="10.0.0.0/8")], False, id="to some addresses"),
        pytest.param([entry(None, egress=True, CidrBlock="0.0.0.0/1"),
            entry(None, egress=True, CidrBlock="128.0.0.0/1", RuleNumber=110)], True, id="to two halves"),
        pytest.param([entry(None, egress=True, Ipv6CidrBlock="::/0")], False, id="over IPv6"),
        pytest.param([entry((40000, 40000), egress=True, RuleAction="deny", RuleNumber=90), entry(None, egress=True)],
            False, id="denied before"),
        pytest.param([entry((40000, 40000), egress=True, RuleAction="DENY", RuleNumber=110), entry(None, egress=True)],
            True, id="denied afterwards"),
        pytest.param([entry((22, 22), egress=True, RuleAction="deny", RuleNumber=90),
            entry((32768, 60999), egress=True)], True, id="another port is denied"),
    ],
)  # fmt: skip
def test_responses_to_clients(responses: list[dict[str, Any]], *, passes: bool) -> None:
    """An outbound entry for all ports opens some itself, so it may be the one that is reported."""
    found = problem([HTTPS, *responses])
    assert (found != ("E0", LINUX)) is passes


@pytest.mark.parametrize(
    ("own", "is_for_responses"),
    [((1024, 11024), True), ((1024, 11023), False), ((1023, 11023), False), ((32768, 60999), True)],
)
def test_wide_range_is_for_responses(own: tuple[int, int], *, is_for_responses: bool) -> None:
    assert (problem([entry(own, egress=True)]) is None) is is_for_responses


def test_entries_of_ipv6_need_responses_of_ipv6() -> None:
    opening = entry((443, 443), Ipv6CidrBlock="::/0")
    assert problem([opening, entry(None, egress=True)]) == ("E0", LINUX)
    assert problem([opening, entry(None, egress=True, Ipv6CidrBlock="::/0", Protocol=-1)]) == ("E1", LINUX)


@pytest.mark.parametrize(
    "client",
    [
        {"Type": "AWS::EC2::NatGateway", "Properties": {"SubnetId": {"Ref": "Subnet"}}},
        {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {"Subnets": [{"Ref": "Subnet"}]}},
        {"Type": "AWS::ElasticLoadBalancing::LoadBalancer", "Properties": {"Subnets": ["s", {"Ref": "Subnet"}]}},
    ],
    ids=lambda client: client["Type"],
)
def test_clients_that_use_more_ports(client: dict[str, Any]) -> None:
    assert problem([HTTPS, entry((32768, 60999), egress=True)], Client=client) == ("E0", "1024 to 65535")
    assert problem([HTTPS, entry((1024, 65534), egress=True)], Client=client) == ("E0", "1024 to 65535")
    assert problem([HTTPS, entry((1024, 65535), egress=True)], Client=client) is None


def test_client_of_another_subnet_does_not_count() -> None:
    client = {"Type": "AWS::EC2::NatGateway", "Properties": {"SubnetId": {"Ref": "Elsewhere"}}}
    assert problem([HTTPS, entry((32768, 60999), egress=True)], Client=client) is None


def test_first_entry_by_number_is_reported() -> None:
    assert problem([entry((443, 443), RuleNumber=200), entry((80, 80), RuleNumber=9)]) == ("E1", LINUX)
    assert problem([entry((443, 443), RuleNumber=200), entry((80, 80), RuleNumber="1000")]) == ("E0", LINUX)


def test_entry_that_denies_needs_no_responses() -> None:
    assert problem([entry((443, 443), RuleAction="deny")]) is None
