"""Generated templates, the same ones each time: of services, and of conditions."""

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

_STATEMENT = """          - Sid: Table{n}
            Effect: Allow
            Action: [dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query]
            Resource: !Sub 'arn:${{AWS::Partition}}:dynamodb:${{AWS::Region}}:${{AWS::AccountId}}:table/orders-{n}'
"""

_POLICY = """  Policy{n}:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
"""

SMALL = """AWSTemplateFormatVersion: '2010-09-09'
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


def template_of_services(services: int) -> str:
    """Return a template of services, each of which has 9 resources and 86 lines."""
    return _HEAD + "Resources:\n" + "".join(_SERVICE.format(n=n) for n in range(services))


def template_of_size(size: int) -> str:
    """Return a template of about so many bytes."""
    return template_of_services(max(1, round((size - len(_HEAD)) / len(_SERVICE))))


def template_of_megabytes(megabytes: float, services: int = 50) -> str:
    """Return a template of about so many megabytes, in 500 resources.

    One resource in ten is a large policy. CloudFormation accepts at most 500 resources.
    """
    policy_bytes = megabytes * 1e6 / services - len(_SERVICE.format(n=100) + _POLICY.format(n=100))
    statements = "".join(_STATEMENT.format(n=n) for n in range(round(policy_bytes / len(_STATEMENT.format(n=100)))))
    resources = (_SERVICE.format(n=n) + _POLICY.format(n=n) + statements for n in range(services))
    return _HEAD + "Resources:\n" + "".join(resources)


def template_of_conditions(conditions: int) -> str:
    """Return a template with independent conditions, each on a resource and in a property."""
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
