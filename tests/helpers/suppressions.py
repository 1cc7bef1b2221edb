"""Projects with one database, on which findings are suppressed."""

from __future__ import annotations

from tests.helpers.project import Project

TODAY = "1798761600"
"""2027-01-01, as SOURCE_DATE_EPOCH."""


class SuppressionProject(Project):
    """A project with one template, whose database lacks a standby (RDS-701)."""

    def justifications(self, template: str, configuration: str = "") -> list[tuple[str, str | None]]:
        """Return rule and justification of each finding, None for one that is not suppressed; sorted by rule."""
        report = self.configure(configuration).write("a.yaml", template).check("a.yaml")
        assert not report.failures
        return sorted(
            (finding.rule.id, finding.suppression.justification if finding.suppression else None)
            for finding in report.results
        )


def database(*, comment: str = "", metadata: str = "", body: str = "", properties: str = "") -> str:
    """Return a template with one database; `body` are lines below the type."""
    return (
        f"Resources:\n  Database:{comment and f'  # {comment}'}\n"
        "    Type: AWS::RDS::DBInstance\n"
        "    DeletionPolicy: Snapshot\n"
        "    UpdateReplacePolicy: Snapshot\n"
        + (f"    Metadata: {metadata}\n" if metadata else "")
        + body
        + f"    Properties: {{{properties}Engine: mysql, BackupRetentionPeriod: 14, DeletionProtection: true}}\n"
    )


def relint_metadata(ignore: str) -> str:
    """Return Metadata with suppressions for relint."""
    return f"{{relint: {{ignore: {ignore}}}}}"
