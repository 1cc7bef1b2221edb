"""The templates that are measured: made here, the same ones each time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Workload(NamedTuple):
    """A name, the files or the folder to hand to a tool, and how many bytes they have together."""

    name: str
    path: Path
    size: int


_HEAD = """AWSTemplateFormatVersion: '2010-09-09'
Description: Orders, with a queue, a worker and a database for each tenant
Parameters:
  Vpc: {Type: AWS::EC2::VPC::Id}
  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}
  Image: {Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /images/web}
"""

_SERVICE = """  Queue{n}:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub '${{AWS::StackName}}-orders-{n}'
      VisibilityTimeout: 180
      MessageRetentionPeriod: 1209600
      RedrivePolicy:
        deadLetterTargetArn: !GetAtt DeadLetters{n}.Arn
        maxReceiveCount: 5
  DeadLetters{n}:
    Type: AWS::SQS::Queue
    Properties:
      MessageRetentionPeriod: 1209600
  Role{n}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {{Service: lambda.amazonaws.com}}
            Action: sts:AssumeRole
      ManagedPolicyArns:
        - !Sub 'arn:${{AWS::Partition}}:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole'
  Worker{n}:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: worker.handle
      Role: !GetAtt Role{n}.Arn
      Timeout: 30
      MemorySize: 512
      Code: {{S3Bucket: releases, S3Key: worker.zip}}
      Environment:
        Variables:
          TABLE: !Ref Table{n}
          QUEUE: !Ref Queue{n}
  Source{n}:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Queue{n}.Arn
      FunctionName: !Ref Worker{n}
      BatchSize: 10
  Table{n}:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
  Group{n}:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: '2'
      MaxSize: '6'
      HealthCheckType: EC2
      VPCZoneIdentifier: !Ref Subnets
      LaunchTemplate:
        LaunchTemplateId: !Ref Launch{n}
        Version: !GetAtt Launch{n}.LatestVersionNumber
  Launch{n}:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: !Ref Image
        InstanceType: m7g.large
  Alarm{n}:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateAgeOfOldestMessage
      Dimensions:
        - Name: QueueName
          Value: !GetAtt Queue{n}.QueueName
      Statistic: Maximum
      Period: 60
      EvaluationPeriods: 5
      Threshold: 600
      ComparisonOperator: GreaterThanThreshold
"""

_SMALL = """AWSTemplateFormatVersion: '2010-09-09'
Description: A table and a queue
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - {AttributeName: id, AttributeType: S}
      KeySchema:
        - {AttributeName: id, KeyType: HASH}
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
"""


def of_services(services: int) -> str:
    """A template of so many services; each has 9 resources and 86 lines."""
    return _HEAD + "Resources:\n" + "".join(_SERVICE.format(n=n) for n in range(services))


def of_size(size: int) -> str:
    """A template of about so many bytes."""
    return of_services(max(1, round((size - len(_HEAD)) / len(_SERVICE))))


def of_conditions(conditions: int) -> str:
    """A template with so many independent conditions, each on a resource and in a property."""
    names = range(conditions)
    return "\n".join(
        [
            "Parameters:",
            *(f"  Wants{n}: {{Type: String, AllowedValues: ['true', 'false'], Default: 'true'}}" for n in names),
            "Conditions:",
            *(f"  Is{n}: !Equals [!Ref Wants{n}, 'true']" for n in names),
            "Resources:",
            *(
                f"  Database{n}:\n    Type: AWS::RDS::DBInstance\n    Condition: Is{n}\n    DeletionPolicy: Snapshot\n"
                "    UpdateReplacePolicy: Snapshot\n    Properties:\n      Engine: postgres\n"
                "      DBInstanceClass: db.m6g.large\n      AllocatedStorage: '100'\n      MasterUsername: admin1\n"
                "      ManageMasterUserPassword: true\n"
                f"      MultiAZ: !If [Is{(n + 1) % conditions}, true, false]"
                for n in names
            ),
            "",
        ]
    )


def write(folder: Path, name: str, texts: Iterable[str]) -> Workload:
    """Writes templates below a folder; a single one is handed over as a file, several as their folder."""
    place = folder / name.replace(" ", "-").replace(",", "")
    place.mkdir(parents=True)
    files = []
    for number, text in enumerate(texts):
        file = place / f"t{number:04}.yaml"
        file.write_text(text)
        files.append(file)
    return Workload(name, files[0] if len(files) == 1 else place, sum(file.stat().st_size for file in files))


def workloads(folder: Path, *, quick: bool) -> list[Workload]:
    """What is measured with every tool."""
    found = [
        write(folder, "small template", [_SMALL]),
        write(folder, "25 KB template", [of_size(25_000)]),
        write(folder, "1,500 lines", [of_services(1500 // 86)]),
        write(folder, "40 conditions", [of_conditions(40)]),
    ]
    if not quick:
        found += [
            write(folder, "100 files", [of_services(1)] * 100),
            write(folder, "1,000 files", [of_services(1)] * 1000),
            write(folder, "10 MB in 100 files", [of_size(100_000)] * 100),
        ]
    return found


def curves(folder: Path) -> dict[str, list[tuple[int, Workload]]]:
    """What shows how the cost of relint grows: by files, resources and conditions, each doubled again and again.

    relint refuses more than 2,000 resources in a template, where CloudFormation takes 500.
    """
    steps = (1, 2, 4, 8, 16)
    return {
        "files": [(50 * n, write(folder, f"curve {50 * n} files", [of_services(1)] * 50 * n)) for n in steps],
        "resources": [(90 * n, write(folder, f"curve {90 * n} resources", [of_services(10 * n)])) for n in steps],
        "conditions": [(10 * n, write(folder, f"curve {10 * n} conditions", [of_conditions(10 * n)])) for n in steps],
    }
