"""Rules that are exempt from a property of verdicts, with the reason."""

from __future__ import annotations

from relint.api import load_rules

RULES = load_rules()

ABOUT_LITERALS = {"CFN-801", "CFN-802", "CFN-804"}
"""Rules that demand a parameter instead of a literal: for Regions, zones, images and names."""
ZONE_RULES = {
    "TOPO-702",
    *(rule.id for rule in RULES if "'op': 'zones'" in repr(rule.cases)),
}
"""Rules about zones: a list of parameters proves distinct zones where AWS rejects a list in one zone."""
ABOUT_PROOF = {"R53-802"}
"""Rules that report as a note that the template does not show what they demand."""
ABOUT_ENGINES = {"RDS-101", "RDS-401", "RDS-404", "RDS-502", "RDS-701"}
"""Rules about what nearly all engines of RDS can do: they take an unknown engine for one that can."""
ABOUT_NAMES = {"SQS-402", "SQS-701"}
"""Rules that exempt a queue whose name says that it is for dead letters, which the name of a parameter does not."""
TO_MEND = {
    "ASG-701",
    "CF-701",
    "CW-406",
    "CW-409",
    "CW-411",
    "DB-201",
    "EB-601",
    "ECS-402",
    "EMR-401",
    "NET-207",
    "R53-803",
}
"""Rules with a known fault that this test found: they mistake one unknown value for another."""
SILENT = ("pass", "notApplicable")


EXCEPTED = ABOUT_LITERALS | ABOUT_PROOF | ABOUT_ENGINES | TO_MEND | ABOUT_NAMES
