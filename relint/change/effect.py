"""Effects of an update on the resource whose property it changes."""

from __future__ import annotations

from relint._typing import Literal, NamedTuple

Effect = Literal["none", "interrupts", "replaces", "varies"]
"""The effect of changing a property.

none: the resource goes on. interrupts: it restarts, fails over or is disturbed for some time. replaces: CloudFormation
creates another resource and deletes this one. varies: one or the other, as the deployment decides.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
"""

EFFECTS: tuple[Effect, ...] = ("none", "interrupts", "replaces", "varies")

ChangeEffect = Literal["none", "unknown", "varies", "interrupts", "replaces"]
"""The effect of a change; "unknown" for a resource type of which AWS publishes no schema, such as a custom resource."""

CHANGE_EFFECTS: tuple[ChangeEffect, ...] = ("none", "unknown", "varies", "interrupts", "replaces")
"""From the mildest to the gravest; of several changes of a resource, the gravest counts."""


class UpdateFact(NamedTuple):
    """The effect of changing a property, and what AWS says about it.

    `says` is the statement, `source` its page, `as_of` the day on which it was read, in ISO 8601. `stays` is true for
    an effect that varies and never replaces the resource.
    """

    effect: ChangeEffect
    says: str
    source: str
    as_of: str
    stays: bool = False


def gravest(effects: tuple[ChangeEffect, ...]) -> ChangeEffect:
    """Return the gravest of some effects; "none" if there are none."""
    return max(effects, key=CHANGE_EFFECTS.index, default="none")
