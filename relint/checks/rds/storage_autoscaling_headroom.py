"""How far the storage of a database may grow by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relint.logic.predicates import as_number
from relint.resolve.value import ABSENT, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Any:
    """MaxAllocatedStorage in percent of AllocatedStorage; ABSENT where either was left out.

    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
    """
    most, now = (view.get(resource, "Properties", name).value for name in ("MaxAllocatedStorage", "AllocatedStorage"))
    if most is ABSENT or now is ABSENT:
        return ABSENT
    if expression_of(most) == expression_of(now):
        return 100
    for value in (most, now):
        if isinstance(value, Unknown):
            return value._replace(minimum=None, maximum=None)
    limit, size = as_number(most), as_number(now)
    if limit is None or not size:
        return Unknown(("Storage", resource.logical_id), "the sizes of its storage are no numbers")
    return 100 * limit / size
