"""Annotations in Metadata change an assessment, and each use of one is named."""

from __future__ import annotations

import pytest

import relint
from relint.assessment.result import Assessment, EntryResult
from tests.helpers.command_line import working_directory
from tests.helpers.project import Project

# Three instances in two zones: each zone has one or two of them. One instance is enough unless the user says otherwise.
GROUP = """\
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Subnets: [subnet-1, subnet-2]}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP}}
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Metadata: {relint: {assess: ANNOTATION}}
    Properties:
      MinSize: 3
      MaxSize: 3
      AvailabilityZones: [eu-west-1a, eu-west-1b]
      TargetGroupARNs: [!Ref Targets]
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MultiAZ: true, BackupRetentionPeriod: 7}
"""


def assessment_of(project: Project, annotation: str, template: str = GROUP) -> Assessment:
    project.write("stack.yaml", template.replace("ANNOTATION", annotation))
    with working_directory(project.folder):
        return relint.assess("stack.yaml", config=None)


def entry_of(assessment: Assessment, name: str) -> EntryResult:
    return next(entry for entry in assessment.entries if entry.id == name)


def outcome_of(entry: EntryResult, disruption: str) -> str:
    return next(result.outcome for result in entry.results if result.disruption == disruption)


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        pytest.param("{}", "degraded", id="two of three are left, and one is enough"),
        pytest.param("{need: 2}", "degraded", id="two are left, and two are needed"),
        pytest.param("{need: 3}", "outage_self_heals", id="two are left, and three are needed"),
    ],
)
def test_number_of_units_that_must_work_decides_about_one_host(
    annotation: str, expected: str, project: Project
) -> None:
    entry = entry_of(assessment_of(project, annotation), "Balancer")

    assert outcome_of(entry, "Hardware") == expected
    assert ("1 of 3 of Web is enough" in entry.assumptions) == (annotation == "{}")


def test_need_is_marked_as_that_of_the_user(project: Project) -> None:
    assessment = assessment_of(project, "{need: 3}")

    assert entry_of(assessment, "Balancer").notes == ("Metadata of Web: 3 of its units must work",)
    (web,) = [part for part in assessment.listing.parts if part.id == "Web"]
    assert (web.need, web.need_source) == (3, "metadata")


def test_annotated_dependency_puts_the_data_behind_the_entry(project: Project) -> None:
    plain, annotated = assessment_of(project, "{}"), assessment_of(project, "{depends: [Database]}")

    assert [entry.id for entry in plain.entries] == ["Balancer", "Database"]
    assert [entry.id for entry in annotated.entries] == ["Balancer"]
    entry = annotated.entries[0]
    assert outcome_of(entry, "Hardware") == "interruption"
    assert "Metadata of Web: it fails with Database" in entry.notes
    (edge,) = [edge for edge in annotated.listing.dependencies if edge.target == "Database"]
    assert (edge.source, edge.strength, edge.evidence[0].line) == ("Web", "HARD", 13)


def test_soft_dependency_is_followed_no_more(project: Project) -> None:
    template = GROUP.replace("  Listener:\n", "  Listener:\n    Metadata: {relint: {assess: {soft: [Targets]}}}\n")
    assessment = assessment_of(project, "{}", template)

    assert assessment.without_backend == ("Balancer",)


def test_annotation_makes_or_removes_an_entry(project: Project) -> None:
    assert "Web" in [entry.id for entry in assessment_of(project, "{entry: true}").entries]

    template = GROUP.replace(
        "Type: AWS::ElasticLoadBalancingV2::LoadBalancer",
        "Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n    Metadata: {relint: {assess: {entry: false}}}",
    )
    assert [entry.id for entry in assessment_of(project, "{}", template).entries] == ["Database"]


def test_times_of_the_user_replace_those_of_aws_but_not_those_of_a_restore(project: Project) -> None:
    template = GROUP.replace(
        "RDS::DBInstance", "RDS::DBInstance\n    Metadata: {relint: {assess: {rto_s: 90, rpo_s: 5}}}"
    )
    entry = entry_of(assessment_of(project, "{}", template), "Database")
    software, hardware, zone, _ = entry.results

    for result in (hardware, zone):
        assert result.rto is not None and (result.rto.lo, result.rto.hi) == (90, 90)
        assert result.rpo is not None and result.rpo.interval is not None
        assert (result.rpo.interval.lo, result.rpo.interval.hi) == (5, 5)
    assert software.rpo is not None and software.rpo.interval is not None
    assert software.rpo.interval.hi == 300
    assert entry.notes == (
        "Metadata of Database: it works again after 90 s, in place of the time of AWS (Hardware and AZ)",
        "Metadata of Database: it loses the data of 5 s, in place of the loss that AWS states (Hardware and AZ)",
    )


def test_time_of_a_start_bounds_the_replacement_of_a_group(project: Project) -> None:
    plain, annotated = (
        entry_of(assessment_of(project, annotation), "Balancer").results[1]
        for annotation in ("{need: 3}", "{need: 3, boot_s: 240}")
    )

    assert plain.rto is not None and plain.rto.hi is None
    # a status check each minute, five minutes until the group acts, four minutes for the start
    assert annotated.rto is not None and (annotated.rto.lo, annotated.rto.hi) == (120, 60 + 300 + 240)


@pytest.mark.parametrize(
    ("annotation", "message"),
    [
        pytest.param("{needs: 2}", "'needs' is no annotation of an assessment; write entry, need,", id="unknown key"),
        pytest.param("{need: two}", "'need' has a value that relint cannot use; write a whole number", id="a word"),
        pytest.param("{need: 0}", "'need' has a value that relint cannot use; write a whole number", id="zero"),
        pytest.param("{need: 1.5}", "'need' has a value that relint cannot use; write a whole number", id="a half"),
        pytest.param("{depends: [Nobody]}", "'depends' has a value that relint cannot use; write a list", id="nobody"),
        pytest.param("{depends: Database}", "'depends' has a value that relint cannot use; write a list", id="no list"),
        pytest.param("{entry: perhaps}", "'entry' has a value that relint cannot use; write true", id="no truth"),
        pytest.param("{rto_s: -1}", "'rto_s' has a value that relint cannot use; write whole seconds", id="negative"),
        pytest.param("[need]", "'assess' is not a mapping; write entry, need,", id="a list"),
    ],
)
def test_bad_annotation_is_one_sentence_with_its_place(annotation: str, message: str, project: Project) -> None:
    project.write("stack.yaml", GROUP.replace("ANNOTATION", annotation))
    done = project.run("assess", "stack.yaml")

    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("stack.yaml:13:")
    assert message in line
