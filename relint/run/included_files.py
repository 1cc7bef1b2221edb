"""Findings in files that templates include, combined over all these templates."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.discover.template_detection import NOT_A_TEMPLATE
from relint.stacks.combine import worst_findings

if TYPE_CHECKING:
    from relint.finding import Finding
    from relint.run.results import Results


def combine_included_files(results: Results) -> None:
    """Leave of the findings in each included file the worst of those that its templates have at the same place.

    A file that is included is not judged by itself as well, even if it could be a template.
    """
    for file, templates in sorted(results.included.items()):
        by_template: list[list[Finding]] = []
        for template in sorted(templates):
            findings = results.findings.get(template, [])
            by_template.append([finding for finding in findings if finding.file == file])
            results.findings[template] = [finding for finding in findings if finding.file != file]
        results.findings[file] = worst_findings(_without_suppressed_elsewhere(by_template))
        if results.skipped.get(file) == NOT_A_TEMPLATE:
            results.skipped[file] = f"judged within '{min(templates)}', which includes it"
    results.unjudged = list(dict.fromkeys(results.unjudged))


def _without_suppressed_elsewhere(by_template: list[list[Finding]]) -> list[list[Finding]]:
    """Leave out what only some of the templates accept."""
    active = {(f.rule.id, f.path) for findings in by_template for f in findings if f.suppression is None}
    return [
        [
            finding
            for finding in findings
            if finding.suppression is None or (finding.rule.id, finding.path) not in active
        ]
        for findings in by_template
    ]
