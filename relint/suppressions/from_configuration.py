"""Suppressions that a configuration contains."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import Any
from relint.suppressions.entry import SuppressionEntry


def entry_from_configuration(values: Mapping[str, Any]) -> SuppressionEntry:
    """Return the suppression that an item of `suppressions` in a configuration describes.

    `values` also contains `file` and `span`, which the reader of the configuration adds. The pattern `path` is not
    part of the entry: see `relint.settings.lint_config.applies_to_file`.
    """
    return SuppressionEntry(
        selector=values["rule"],
        reason=values["reason"].strip(),
        path=(),
        span=values["span"],
        resource_pattern=values.get("resource"),
        property_path=values.get("property"),
        until=values.get("until"),
        owner=values.get("owner"),
        config_file=values["file"],
    )
