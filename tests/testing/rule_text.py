"""A small rule file for tests of examples."""

from __future__ import annotations


def rule_text(clauses: str, fail: str) -> str:
    """A rule about the retention of backups, with its clauses and its failing example given as lines."""
    return f"""\
id: RDS-799
name: rds-kept
title: Keep backups for a week
severity: warning
pillar: [REL09-BP01]
{clauses}
message: "'{{resource}}' keeps backups for {{value}} days, so older states are lost."
rationale: A mistake is often found after a week.
fix: Set BackupRetentionPeriod to 7. The update does not interrupt.
references: [https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html]
examples:
  fail:
{fail}
  pass:
    - name: a week
      template: |
        Resources: {{Data: {{Type: AWS::RDS::DBInstance, Properties: {{BackupRetentionPeriod: 7}}}}}}
"""
