"""Claims about updates in the words of a fix."""

from __future__ import annotations

import re

BLOCK = re.compile(r"(?:^ {4}.*(?:\n|$)|^\n(?= {4}))+", re.MULTILINE)
"""An indented block of a text, which users paste."""

OTHER = re.compile(
    r"has to replace the instance|A service that is replaced|A replacement does not|not prevent a replacement"
    r"|(?:until|when) they are replaced|is replaced later|change that replaces something|After a replacement"
    r"|Update:Replace|`ec2:reboot` restarts it|a file that it touches"
    r"|from the next change [\w ]+ on, instances are replaced"
)
"""Phrases about something else than the update of this fix: a later update, or what a service does by itself."""

REVISION = re.compile(r"\bnew (?:revision|version)\b")
"""Words for a definition of which each change is a new one: some types are replaced for it, others keep all of them."""

KEEPS = re.compile(r"\b(?:not|nor) replaces?\b|\breplaces (?:nothing|neither)\b")
"""Words that deny a replacement and say nothing of an interruption."""

NONE = re.compile(
    r"\binterrupts?(?: and replaces)? (?:nothing|neither)"
    r"|\b(?:not|nothing|neither|nor|none|no|without)\b[^.;]*?\binterrupt\w*"
    r"|\bin place\b(?! of)"
    r"|\btouch(?:es|ed)? (?:nothing|no )|\b(?:not|nothing|neither|none|nor)\b[^.;]*?\btouch\w*"
    r"|\bgo(?:es)? on (?:working|answering)|\bkeeps answering|\bwhile \w+ \w+ works"
    r"|\bstarts no deployment|\bcounts? (?:from|for|at|when)|\bnothing is updated|\bdoes nothing to\b|\bdoes so\b",
    re.IGNORECASE,
)
INTERRUPTS = re.compile(r"\brestarts?\b|\binterrupts\b|\bread-only\b|\boutage\b|\boffline\b")
REPLACES = re.compile(
    r"\breplaces (?:it|the|that|them|this|an?)\b|\b(?:is|are|be) (?:always )?replaced\b|\breplacement\b|\bmay replace\b"
    r"|\bcannot be changed\b|\bchosen when\b|\bset at creation\b"
)
CONDITION = re.compile(
    r"\b(?:if|unless|where|when|whether|without|beside|except|any other|may|with an update policy"
    r"|as ApplyImmediately says|the step from|to go from)\b",
    re.IGNORECASE,
)
"""Words that say on what an effect depends."""


def prose_of(text: str) -> str:
    """Return the text without its blocks."""
    return BLOCK.sub("\n\n", text)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of the prose of a text, each in one line; a block ends a sentence, too."""
    parts = re.split(r"(?<=\.)\s+(?=[A-Z`])|\n\n+", prose_of(text))
    return [" ".join(part.split()) for part in parts if part.strip()]


def claims_of(text: str) -> set[str]:
    """Return the effects of updates that a text claims; "revision" where it says only that there is a new one."""
    text = OTHER.sub("", " ".join(text.split())).replace("cannot be changed in place", "cannot be changed")
    claims = set()
    if REVISION.search(text):
        claims.add("revision")
    text = KEEPS.sub("", text)
    if NONE.search(text):
        claims.add("none")
    text = NONE.sub("", text)
    if INTERRUPTS.search(text):
        claims.add("interrupts")
    if REPLACES.search(text):
        claims.add("replaces")
    return claims


def names_in(text: str) -> set[str]:
    """Return the words of a text that may be names of properties."""
    return {word for word in re.split(r"[\s`.,:;()]+", text) if word[:1].isupper()}
