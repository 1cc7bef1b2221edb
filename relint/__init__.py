"""Reliability linter for AWS CloudFormation.

>>> import relint
>>> report = relint.check("stacks/")
>>> for finding in report.findings:
...     print(finding.file, finding.span.start.line, finding.rule.name, finding.message)
"""

from __future__ import annotations

from relint._about import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from relint.api import Linter, assess, check, check_text, graph, load_rules
    from relint.assessment.result import Assessment
    from relint.catalog.rule import Rule
    from relint.errors import OptionError, RelintError, RuleError, TemplateError
    from relint.finding import Failure, Finding, Related, Report, Suppression
    from relint.report.assessment import render_assessment
    from relint.report.change import render_diff
    from relint.report.gameday.files import write_game_day
    from relint.report.sarif.log import to_sarif
    from relint.report.sarif.object_model import to_sarif_om
    from relint.report.system_graph import render_graph
    from relint.run.comparison.compare_files import Diff
    from relint.source.location import Position, Span
    from relint.stacks.system_graph import SystemGraph
    from relint.template_diff import diff

__all__ = [
    "Assessment",
    "Diff",
    "Failure",
    "Finding",
    "Linter",
    "OptionError",
    "Position",
    "Related",
    "RelintError",
    "Report",
    "Rule",
    "RuleError",
    "Span",
    "Suppression",
    "SystemGraph",
    "TemplateError",
    "__version__",
    "assess",
    "check",
    "check_text",
    "diff",
    "graph",
    "load_rules",
    "render_assessment",
    "render_diff",
    "render_graph",
    "to_sarif",
    "to_sarif_om",
    "write_game_day",
]

_HOMES = {
    "relint.api": ("Linter", "assess", "check", "check_text", "graph", "load_rules"),
    "relint.assessment.result": ("Assessment",),
    "relint.catalog.rule": ("Rule",),
    "relint.errors": ("OptionError", "RelintError", "RuleError", "TemplateError"),
    "relint.finding": ("Failure", "Finding", "Related", "Report", "Suppression"),
    "relint.report.assessment": ("render_assessment",),
    "relint.report.gameday.files": ("write_game_day",),
    "relint.report.system_graph": ("render_graph",),
    "relint.report.sarif.log": ("to_sarif",),
    "relint.report.sarif.object_model": ("to_sarif_om",),
    "relint.stacks.system_graph": ("SystemGraph",),
    "relint.source.location": ("Position", "Span"),
    "relint.report.change": ("render_diff",),
    "relint.run.comparison.compare_files": ("Diff",),
    "relint.template_diff": ("diff",),
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import relint` is fast."""
    from importlib import import_module

    for module, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(module), name)
            globals()[name] = value  # so that the next use finds it without this function
            return value
    raise AttributeError(f"module 'relint' has no attribute '{name}'")


def __dir__() -> list[str]:
    return __all__
