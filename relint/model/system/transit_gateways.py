"""Attachments of VPCs to transit gateways, and the route tables of the gateways."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.model.system.routes import identity_of
from relint.resolve.value import ABSENT, Expression, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

ATTACHMENTS = ("AWS::EC2::TransitGatewayAttachment", "AWS::EC2::TransitGatewayVpcAttachment")
"""Types that attach a VPC to a transit gateway: the older and the newer one."""

_PROPAGATION = "AWS::EC2::TransitGatewayRouteTablePropagation"


class PropagationTables(NamedTuple):
    """The route tables that learn the addresses of an attachment; `unknown` if there may be more."""

    known: frozenset[Expression]
    unknown: Unknown | None


def propagation_tables(view: View, attachment: Resource) -> PropagationTables:
    """Return the route tables to which the template propagates an attachment, and the default one of its gateway.

    A gateway propagates each attachment to its default table unless DefaultRouteTablePropagation is "disable".
    Looked up on 2026-11-28.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-transitgateway.html
    """
    by = ("Properties", "TransitGatewayAttachmentId")
    tables = {
        identity_of(view, view.get(propagation, "Properties", "TransitGatewayRouteTableId"))
        for propagation in view.referrers(attachment, (_PROPAGATION,), by)
    }
    gateway_id = view.get(attachment, "Properties", "TransitGatewayId")
    gateway = view.target(gateway_id, "AWS::EC2::TransitGateway")
    if gateway is None:
        reason = "the transit gateway, which is not in these files, may have a default route table"
        return PropagationTables(frozenset(tables), Unknown(expression_of(gateway_id.value), reason))
    default = view.get(gateway, "Properties", "DefaultRouteTablePropagation").value
    if isinstance(default, Unknown):
        return PropagationTables(frozenset(tables), default)
    if default is ABSENT or default == "enable":
        tables.add(("DefaultTable", gateway.logical_id))
    return PropagationTables(frozenset(tables), None)


def is_second(view: View, attachment: Resource) -> bool:
    """Whether an attachment before this one has the same VPC and gateway, which takes one for each VPC.

    EC2 refuses another one (DuplicateTransitGatewayAttachment). Looked up on 2026-11-28.
    https://github.com/hashicorp/terraform-provider-aws/issues/10852
    """
    names = ("VpcId", "TransitGatewayId")
    ends = [identity_of(view, view.get(attachment, "Properties", name)) for name in names]
    for resource_type in ATTACHMENTS:
        for other in view.template.of_type(resource_type):
            if other == attachment:
                return False
            if [identity_of(view, view.get(other, "Properties", name)) for name in names] == ends:
                return view.exists(other)
    return False
