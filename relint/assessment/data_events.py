"""The results of events that concern data only: damage by software, and the loss of the Region."""

from __future__ import annotations

from collections.abc import Sequence

from relint._typing import TYPE_CHECKING
from relint.assessment.copies import regional_copy
from relint.assessment.effect import greater
from relint.assessment.facts import Fact, Interval
from relint.assessment.result import Confidence, Loss, Reason, Result, Unknown, weakest
from relint.resolve.value import is_call

if TYPE_CHECKING:
    from relint.assessment.effect import Inventory
    from relint.assessment.parts import Part
    from relint.assessment.recovery import Effect

_NO_COPY = "no copy outside the Region in these files"
_NO_BACKUP = "no copy in these files from which damaged data could be restored"


def software_result(durable: Sequence[Part], inventory: Inventory, undecided: list[Unknown]) -> Result:
    """Return what damaged data do: whether earlier states of them are kept, and of when."""
    loss: Loss | None = None
    reasons: list[Reason] = []
    unknowns: list[Unknown] = []
    tails: list[Confidence] = []
    has_loss = is_unknown = False
    for part in durable:
        restore = inventory.restores[part.id]
        if isinstance(restore, Fact):
            loss = greater(loss, Loss(restore.rpo))
            reasons.append(Reason(part.name, "damaged data", restore.outcome, restore.id, restore.rto))
            unknowns.append(Unknown("data-size", part.name, "the time that a restore takes"))
            tails.append("assumed")
        elif restore is None:
            has_loss = True
            loss = greater(loss, Loss(None, is_total=True))
            reasons.append(Reason(part.name, _NO_BACKUP, "data_loss_unrecoverable", "", Interval()))
            unknowns.append(Unknown("account-policy", part.name, "backups that another stack or the account makes"))
        else:
            is_unknown = True
            loss = greater(loss, Loss(None))
            reasons.append(Reason(part.name, restore.reason, "unknown", "", Interval()))
            is_fact = is_call(restore.expression, "Backups")
            unknowns.append(Unknown("unsupported-type" if is_fact else "param-value", part.name, restore.reason))
    if loss is None and not undecided:
        return Result("Software", "not_applicable", "not_applicable", None, None, "proven")
    known = "data_loss_unrecoverable" if has_loss else "outage_manual" if tails else "no_outage"
    is_unknown = is_unknown or bool(undecided)
    return Result(
        disruption="Software",
        outcome="unknown" if is_unknown else known,  # type: ignore[arg-type]
        worst_known=known,  # type: ignore[arg-type]
        rto=None if has_loss else Interval(),
        rpo=loss,
        confidence="unknown" if is_unknown else weakest([*tails, "proven"]),
        reasons=tuple(reasons),
        unknowns=tuple(dict.fromkeys((*unknowns, *undecided))),
        has_no_path=has_loss,
        is_restore=not has_loss,
    )


def region_result(
    durable: Sequence[Part], inventory: Inventory, standing: Effect, undecided: list[Unknown], *, stops: bool
) -> Result:
    """Return what the loss of the Region does; `standing` is what services do that do not stop with it."""
    if not stops:
        is_unknown = bool(undecided) or standing.is_unknown
        return Result(
            disruption="Region",
            outcome="unknown" if is_unknown else "no_outage",
            worst_known="no_outage",
            rto=Interval(),
            rpo=None,
            confidence="unknown" if is_unknown else "assumed",
            reasons=standing.reasons,
            unknowns=tuple(dict.fromkeys((*standing.unknowns, *undecided))),
        )
    lost: list[str] = []
    reasons: list[Reason] = []
    unknowns: list[Unknown] = []
    loss: Loss | None = None
    for part in durable:
        copy = regional_copy(part.view(), part.resource, inventory.configurations[part.id])
        if copy is None:
            lost.append(part.name)
            reasons.append(Reason(part.name, _NO_COPY, "data_loss_unrecoverable", "", Interval()))
            loss = greater(loss, Loss(None, is_total=True))
        elif isinstance(copy, Fact):
            reasons.append(Reason(part.name, "the Region", copy.outcome, copy.id, copy.rto))
            loss = greater(loss, Loss(copy.rpo))
        else:
            unknowns.append(Unknown("placement", part.name, copy.reason))
            loss = greater(loss, Loss(None))
    known = "data_loss_unrecoverable" if lost else "outage_manual"
    is_unknown = bool(undecided) or (bool(unknowns) and not lost)
    return Result(
        disruption="Region",
        outcome="unknown" if is_unknown else known,  # type: ignore[arg-type]
        worst_known=known,  # type: ignore[arg-type]
        rto=None,
        rpo=loss,
        confidence="unknown" if is_unknown else "proven",
        reasons=tuple(reasons),
        unknowns=tuple(dict.fromkeys((*unknowns, *undecided))),
        has_no_path=True,
    )
