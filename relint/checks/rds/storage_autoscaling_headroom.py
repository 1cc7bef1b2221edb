"""Room into which the storage of a database can grow by itself."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.logic.predicates import as_number
from relint.resolve.value import ABSENT, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Any:
    """Return MaxAllocatedStorage in percent of AllocatedStorage; ABSENT if either is left out.

    Unknown if a size is unknown, unless both are the same unknown value.
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
    """
    maximum = view.get(resource, "Properties", "MaxAllocatedStorage").value
    allocated = view.get(resource, "Properties", "AllocatedStorage").value
    if maximum is ABSENT or allocated is ABSENT:
        return ABSENT
    if expression_of(maximum) == expression_of(allocated):
        return 100
    for value in (maximum, allocated):
        if isinstance(value, Unknown):
            return value._replace(minimum=None, maximum=None)
    limit, size = as_number(maximum), as_number(allocated)
    if limit is None or not size:
        return Unknown(("Storage", resource.logical_id), "the sizes of its storage are no numbers")
    return 100 * limit / size
