"""`relint graph`: whole output, formats, errors."""

from __future__ import annotations

import json

import pytest

import relint
from tests.helpers.project import Project

API = """\
Parameters:
  Stage: {Type: String, Default: dev}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Api:
    Type: AWS::Lambda::Url
    Properties: {AuthType: NONE, TargetFunctionArn: !GetAtt Handler.Arn}
  Handler:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/handler
      Environment:
        Variables:
          TABLE: !Ref Orders
          CACHE: !If [IsProd, !GetAtt Cache.PrimaryEndPoint.Address, none]
  Orders: {Type: AWS::DynamoDB::Table}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Condition: IsProd
"""
IN_PROD = "IsProd is true (Stage is #34;prod#34;)"
MERMAID = f"""\
flowchart LR
  subgraph s1["api.yaml"]
    n1(["Api<br/>Lambda::Url"])
    n2["Handler<br/>Lambda::Function"]
    n3[("Orders<br/>DynamoDB::Table")]
    n4[("Cache<br/>ElastiCache::ReplicationGroup<br/>if {IN_PROD}")]
  end
  n1 -->|"invokes"| n2
  n2 ==>|"knows the address of"| n3
  n2 -.->|"knows the address of"| n4
  classDef entry stroke-width:3px
  class n1 entry
  classDef conditional stroke-dasharray:5 5
  class n4 conditional
  linkStyle 0 stroke:#1f6feb
  linkStyle 1,2 stroke:#b5651d
"""


def test_flowchart_has_the_default_deployment_and_additions_of_others_dashed(project: Project) -> None:
    project.write("api.yaml", API)
    assert project.run("graph", "api.yaml") == (0, MERMAID, "")


def test_parameters_choose_the_deployment(project: Project) -> None:
    project.write("api.yaml", API).configure("environments: {live: {parameters: {Stage: prod}}}\n")
    for arguments in (["--parameters", "Stage=prod"], ["--env", "live"]):
        done = project.run("graph", "api.yaml", *arguments)
        assert "if IsProd" not in done.stdout
        assert "-.->" not in done.stdout


def test_json_has_the_lines_that_show_a_dependency(project: Project) -> None:
    project.write("api.yaml", API)
    graph = json.loads(project.run("graph", "api.yaml", "--format", "json", "--kinds", "data").stdout)
    assert [(node["logicalId"], node["line"], node["entry"]) for node in graph["nodes"]] == [
        ("Api", 6, "request"),
        ("Handler", 9, None),
        ("Orders", 17, None),
        ("Cache", 18, None),
    ]
    assert [(edge["target"], edge["evidence"], edge["condition"]) for edge in graph["edges"]] == [
        ("api.yaml:Orders", [{"file": "api.yaml", "line": 15}], None),
        ("api.yaml:Cache", [{"file": "api.yaml", "line": 16}], 'IsProd is true (Stage is "prod")'),
    ]


def test_dot_has_the_same_lines(project: Project) -> None:
    project.write("api.yaml", API)
    lines = project.run("graph", "--format", "dot").stdout.splitlines()
    assert '  n1 -> n2 [label="invokes", color="#1f6feb"];' in lines
    assert '  n2 -> n4 [label="knows the address of", color="#b5651d", style="dashed"];' in lines
    assert '    n1 [label="Api\\nLambda::Url", shape="box", style="rounded,bold"];' in lines


ORDER = """\
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Web
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup}
  Fleet:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, TargetGroupARNs: [!Ref Targets]}
"""


def test_connecting_resources_are_left_out_unless_all_is_drawn(project: Project) -> None:
    project.write("web.yaml", ORDER)
    short, complete = project.run("graph").stdout, project.run("graph", "--all").stdout
    assert '  n1 -->|"sends requests to"| n2\n' in short
    assert "Listener<br/>" not in short
    assert [line.split("|")[1] for line in complete.splitlines() if "-->" in line] == [
        '"listens with"',
        '"forwards to"',
        '"sends requests to"',
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["absent.yaml"], "absent.yaml: error: 'absent.yaml' does not exist.", id="no such file"),
        pytest.param(["notes.txt"], "notes.txt: error: There is no CloudFormation template in", id="no template"),
        pytest.param(["broken.yaml"], "broken.yaml:1:", id="not YAML"),
        pytest.param(["--stack", "web"], "error: --stack takes a stack and the file", id="no file"),
        pytest.param(["--stack", "a=web.yaml", "--stack", "a=web.yaml"], "error: --stack names 'a' twice", id="twice"),
        pytest.param(["--stack", "a=web.yaml", "--stack", "b=web.yaml"], "error: one file is", id="two names"),
        pytest.param(["web.yaml", "--kinds", "requests"], "error: 'requests' is no kind", id="no kind"),
        pytest.param(["web.yaml", "--parameters", "Size=1"], "error: Parameter 'Size' was given", id="no parameter"),
        pytest.param(["web.yaml", "--env", "live"], "error: there is no environment 'live'", id="no environment"),
        pytest.param(["-"], "error: a system is read from files", id="standard input"),
    ],
)
def test_error_is_one_sentence_and_exit_code_2(arguments: list[str], message: str, project: Project) -> None:
    project.write("web.yaml", ORDER).write("notes.txt", "no template").write("broken.yaml", "Resources: {A: [}")
    assert message in project.run("graph", *arguments).error


def test_readable_templates_are_drawn_beside_an_unreadable_one(project: Project) -> None:
    project.write("web.yaml", ORDER).write("broken.yaml", "Resources: {A: [}")
    done = project.run("graph", ".")
    assert done.exit_code == 2
    assert "sends requests to" in done.stdout


def test_names_cannot_leave_their_label(project: Project) -> None:
    name = 'a"] --> x["<img src=x>\\\n'
    graph = json.dumps({"Resources": {name: {"Type": "AWS::S3::Bucket"}}})
    project.write("evil.json", graph)
    system = relint.graph(project.folder / "evil.json", config=None)
    box = next(line for line in relint.render_graph(system).splitlines() if "S3::Bucket" in line)
    assert box == '    n1[("a#34;#93; --#62; x#91;#34;#60;img src=x#62;#92;#92;n<br/>S3::Bucket")]'
    dot = next(line for line in relint.render_graph(system, "dot").splitlines() if "S3::Bucket" in line)
    assert dot.startswith('    n1 [label="a\\"] --> x[\\"<img src=x>\\\\\\\\n\\nS3::Bucket"')
