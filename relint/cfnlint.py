"""relint's rules as rules of cfn-lint: `cfn-lint --append-rules relint.cfnlint`, or `append_rules` in .cfnlintrc."""

from __future__ import annotations

from relint.catalog.loader import load_rules
from relint.integrations.cfn_lint_rules import rule_classes

# cfn-lint instantiates the rule classes that it finds among the names of this module.
globals().update(rule_classes(load_rules(), module=__name__))
