"""`relint diff` for the reader of a pull request: what happens, the worst first, in text and Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

import relint
from relint.report.change.outcomes import count_outcomes, outline
from tests.helpers.command_line import working_directory
from tests.helpers.project import Project

OLD = """\
Resources:
  Kept: {Type: AWS::DynamoDB::Table, DeletionPolicy: Retain, Properties: {BillingMode: PAY_PER_REQUEST}}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, DBInstanceClass: db.m6g.large}}
  Queue: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 30}}
  Snapshot: {Type: AWS::EC2::Volume, DeletionPolicy: Snapshot, Properties: {Size: 8, AvailabilityZone: eu-west-1a}}
  Table: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST}}
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: orders}}
  Tagged: {Type: AWS::SNS::Topic, Properties: {Tags: [{Key: team, Value: a}]}}
  Typed: {Type: AWS::SNS::Topic}
  Stream: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 1, Name: orders}}
"""
NEW = """\
Parameters: {StreamName: {Type: String}}
Resources:
  Added: {Type: AWS::SNS::Topic}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, DBInstanceClass: db.m6g.xlarge}}
  Queue: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 60}}
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: invoices}}
  Tagged: {Type: AWS::SNS::Topic, Properties: {Tags: [{Key: team, Value: b}]}}
  Typed: {Type: AWS::SQS::Queue}
  Stream: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 1, Name: !Ref StreamName}}
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path).write("old.yaml", OLD).write("new.yaml", NEW)


@pytest.fixture
def diff(project: Project) -> relint.Diff:
    with working_directory(project.folder):
        return relint.diff("old.yaml", "new.yaml", select=["CHG-501", "CHG-502"])


def test_changes_have_outcomes_with_the_worst_first(diff: relint.Diff) -> None:
    assert [(row.outcome, row.change.logical_id) for row in outline(diff, show_open=False)] == [
        ("removed", "Table"),
        ("refused", "Typed"),
        ("removed", "Kept"),
        ("removed", "Snapshot"),
        ("replaced", "Topic"),
        ("perhaps replaced", "Stream"),
        ("interrupted", "Orders"),
        ("changed", "Queue"),
        ("added", "Added"),
        ("cosmetic", "Tagged"),
    ]


def test_outcomes_are_counted_in_words(diff: relint.Diff) -> None:
    assert count_outcomes(outline(diff, show_open=False)) == (
        "1 refused, 3 removed, 1 replaced, 1 perhaps replaced, 1 interrupted, 1 changed in place, 1 added, "
        "1 without effect on what runs"
    )


def test_change_with_a_finding_is_weakened_or_risky(project: Project) -> None:
    old = "Resources: {Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: %s}}}"
    project.write("old.yaml", old % "true").write("new.yaml", old % "false")
    with working_directory(project.folder):
        (row,) = outline(relint.diff("old.yaml", "new.yaml", select=["CHG-504", "RDS-701"]), show_open=False)
    assert (row.outcome, row.findings[0].rule.id) == ("weakened", "CHG-504")


def test_consequence_is_a_sentence_where_no_finding_is_one(diff: relint.Diff) -> None:
    consequences = {row.change.logical_id: row.consequence for row in outline(diff, show_open=False)}
    assert consequences["Orders"].endswith(".")
    del consequences["Orders"]
    assert consequences == {
        "Table": "",
        "Typed": "CloudFormation refuses another type for a logical id, so the update fails.",
        "Kept": "CloudFormation leaves it behind, outside of the stack.",
        "Snapshot": "CloudFormation deletes it after a last snapshot.",
        "Topic": "CloudFormation creates a new one and deletes this one.",
        "Stream": "Only the deployment decides whether CloudFormation creates a new one and deletes this one.",
        "Queue": "",
        "Added": "",
        "Tagged": "",
    }


def test_text_counts_changes_in_its_summary(project: Project) -> None:
    done = project.run("diff", "old.yaml", "new.yaml", "--select", "CHG-502")
    assert "\nchanges: 1 refused, 3 removed," in done.stdout
    assert "\n  and 1 without effect on what runs\n" in done.stdout
    assert "Tagged" not in done.stdout
    assert "changes: " not in project.run("diff", "old.yaml", "new.yaml", "--quiet").stdout


def test_file_with_the_worst_change_is_first(project: Project) -> None:
    for folder, text in (("a", OLD), ("b", NEW)):
        project.write(f"{folder}/first.yaml", OLD if folder == "a" else OLD.replace("30", "60"))
        project.write(f"{folder}/second.yaml", text)
    done = project.run("diff", "a", "b")
    assert done.stdout.index("b/second.yaml\n") < done.stdout.index("b/first.yaml\n")


def test_markdown_has_a_table_of_consequences(diff: relint.Diff) -> None:
    lines = relint.render_diff(diff, "markdown").splitlines()
    assert lines[0] == (
        "## relint diff: 1 refused, 3 removed, 1 replaced, 1 perhaps replaced, 1 interrupted, 1 changed in place, "
        "1 added"
    )
    assert lines[2].startswith("1 finding in 1 of 1 template (1 error)")
    assert lines[4:6] == ["| | Resource | Change | Consequence |", "| --- | --- | --- | --- |"]
    assert lines[6].startswith("| **removed** | `Table` AWS::DynamoDB::Table<br>`old.yaml:6` |  | The change removes")
    assert lines[6].endswith(" `CHG-502` |")
    assert "| **replaced** | `Topic` AWS::SNS::Topic<br>`new.yaml:6` | `TopicName: orders → invoices` |" in lines[10]


def test_markdown_folds_mild_changes_and_counts_cosmetic_ones(diff: relint.Diff) -> None:
    _, _, folded = relint.render_diff(diff, "markdown").partition("\n<details>")
    assert folded.startswith("<summary>1 changed in place, 1 added</summary>\n\n| | Resource |")
    assert folded.endswith("</details>\n\nAnd 1 change without effect on what runs (tags, descriptions).\n")


def test_markdown_names_templates_of_one_side(project: Project) -> None:
    project.write("a/gone.yaml", OLD).write("b/added.yaml", NEW)
    text = project.run("diff", "a", "b", "--format", "markdown").stdout
    assert "\n- a/gone.yaml: the template is gone; whoever deletes its stack deletes what it contains.\n" in text
    assert "\n<details><summary>6 removed, 1 new template</summary>\n\n| | Resource |" in text
    assert "\n\n- `b/added.yaml`: a new template\n\n</details>" in text


def test_markdown_folds_changes_without_findings_beyond_a_number_of_rows(project: Project) -> None:
    topics = "Resources:\n" + "".join(f"  Topic{number}: {{Type: AWS::SNS::Topic}}\n" for number in range(30))
    project.write("old.yaml", topics).write("new.yaml", "Resources: {Queue: {Type: AWS::SQS::Queue}}")
    shown, _, folded = project.run("diff", "old.yaml", "new.yaml", "--format", "markdown").stdout.partition("<details>")
    assert shown.count("\n| **removed** |") == 20
    assert folded.startswith("<summary>10 removed, 1 added</summary>")


def test_database_without_a_policy_leaves_a_snapshot(project: Project) -> None:
    project.write("old.yaml", OLD).write("new.yaml", OLD.replace("  Orders:", "  # Orders:"))
    text = project.run("diff", "old.yaml", "new.yaml").stdout
    assert "removed: Orders (AWS::RDS::DBInstance)\n    CloudFormation deletes it after a last snapshot.\n" in text


def test_markdown_of_equal_templates_has_no_table(project: Project) -> None:
    text = project.run("diff", "old.yaml", "old.yaml", "--format", "markdown").stdout
    assert text == "## relint diff: nothing that runs changes\n\nno findings in 1 template\n"


def test_markdown_has_findings_about_resources_that_do_not_change(project: Project) -> None:
    queue = "Resources:\n  Queue: {Type: AWS::SQS::Queue}\n  Topic: {Type: AWS::SNS::Topic}\n"
    alarm = """\
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateAgeOfOldestMessage
      Dimensions: [{Name: QueueName, Value: !GetAtt Queue.QueueName}]
      ComparisonOperator: GreaterThanThreshold
      EvaluationPeriods: 1
      Period: 60
      Statistic: Maximum
      Threshold: 100
      AlarmActions: [!Ref Topic]
"""
    project.write("old.yaml", queue + alarm).write("new.yaml", queue)
    text = project.run("diff", "old.yaml", "new.yaml", "--ruleset", "all", "--format", "markdown").stdout
    assert "\n| **removed** | `Alarm` " in text
    assert (
        "\n\n| Severity | Place | Rule | Finding |\n| --- | --- | --- | --- |\n| warning | `new.yaml:2` | CHG-504 "
        in text
    )


def test_markdown_lists_failures(project: Project) -> None:
    project.write("new.yaml", "Resources: [")
    text = project.run("diff", "old.yaml", "new.yaml", "--format", "markdown").stdout
    assert text.startswith("## relint diff: not everything could be compared\n")
    assert "\n**Not everything could be compared:**\n\n- `new.yaml:1`: " in text


def test_condition_that_is_false_now_is_the_change(project: Project) -> None:
    sections = "Conditions: {Never: !Equals [a, b]}\nResources:\n"
    queue = "  Jobs:\n    Type: AWS::SQS::Queue\n"
    project.write("old.yaml", sections + queue).write("new.yaml", f"{sections}{queue}    Condition: Never\n")
    text = project.run("diff", "old.yaml", "new.yaml", "--format", "markdown").stdout
    assert "| **removed** | `Jobs` AWS::SQS::Queue<br>`new.yaml:5` | `Condition: Never is false` |" in text


def test_item_in_place_of_another_is_one_change(project: Project) -> None:
    table = "Resources:\n  Orders: {Type: AWS::DynamoDB::Table, Properties: {KeySchema: [{AttributeName: id}]}}\n"
    project.write("old.yaml", table).write("new.yaml", table.replace("id}", "number}"))
    text = project.run("diff", "old.yaml", "new.yaml").stdout
    assert '\n    KeySchema: {"AttributeName": "id"} -> {"AttributeName": "number"}\n' in text


def test_markdown_folds_changes_that_only_follow_a_replaced_resource(project: Project) -> None:
    network = """\
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Routes: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
"""
    project.write("old.yaml", network).write("new.yaml", network.replace("10.0", "10.8"))
    text = project.run("diff", "old.yaml", "new.yaml", "--format", "markdown").stdout
    table, _, folded = text.partition("<details><summary>1 replaced</summary>")
    assert ("`Vpc`" in table, "`Routes`" in table, "`Routes`" in folded) == (True, False, True)


@pytest.mark.parametrize(
    ("variables", "url"),
    [
        (
            {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "acme/shop", "GITHUB_SHA": "abc"},
            "https://github.com/acme/shop/blob/abc/sub%20folder/new.yaml#L2",
        ),
        (
            {"CI_PROJECT_URL": "https://gitlab.com/acme/shop", "CI_COMMIT_SHA": "abc"},
            "https://gitlab.com/acme/shop/-/blob/abc/sub%20folder/new.yaml#L2",
        ),
    ],
    ids=["GitHub", "GitLab"],
)
def test_markdown_links_lines_in_a_pipeline(
    project: Project, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], url: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    topic = "Resources:\n  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: %s}}\n"
    project.write("sub folder/old.yaml", topic % "a").write("sub folder/new.yaml", topic % "b").commit()
    text = project.run("diff", "sub folder/old.yaml", "sub folder/new.yaml", "--format", "markdown").stdout
    assert f"[`sub folder/new.yaml:2`]({url})" in text


def test_markdown_cannot_be_broken_by_a_value(project: Project) -> None:
    topic = "Resources:\n  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: '%s'}}\n"
    project.write("old.yaml", topic % "a").write("new.yaml", topic % "b|`<img src=x>` @all")
    row = project.run("diff", "old.yaml", "new.yaml", "--format", "markdown").stdout.splitlines()[6]
    assert "<img" not in row
    assert row.replace("\\|", "").count("|") == 5
