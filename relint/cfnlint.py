"""relint's rules as cfn-lint rules: `cfn-lint --append-rules relint.cfnlint`, or `append_rules` in .cfnlintrc."""

from __future__ import annotations

from relint.catalog.loader import load_rules
from relint.integrations.cfn_lint_rules import rule_classes

# cfn-lint instantiates the rule classes among the names of this module, so they have to be global names.
globals().update(rule_classes(load_rules(), module=__name__))
