"""Number of event source mappings that read a queue, or that invoke a function."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.logic.predicates import is_equal
from relint.model.aws.lambda_functions import event_source_mappings_of
from relint.model.aws.sqs import QUEUE, mappings_of_queue
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View, *, disabled: bool = True) -> int | Unknown:
    """Return the number of mappings that read the queue, or that invoke the function, an alias or a version.

    `disabled` counts mappings that are switched off, too. Unknown if all that may be switched on are unknown.
    """
    is_queue = resource.type == QUEUE
    mappings = mappings_of_queue(view, resource) if is_queue else event_source_mappings_of(view, resource)
    if disabled:
        return len(list(mappings))
    switches = [view.get(mapping, "Properties", "Enabled").value for mapping in mappings]
    unknown = [value for value in switches if isinstance(value, Unknown)]
    enabled = sum(not isinstance(value, Unknown) and not is_equal(value, right=False) for value in switches)
    return unknown[0] if unknown and not enabled else enabled
