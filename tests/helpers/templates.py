"""Templates that several tests check."""

from __future__ import annotations

CHILD = """Parameters: {Standby: {Type: String, Default: 'true'}}
Resources:
  Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: !Ref Standby}}
"""
"""A database that has a standby unless a parent says otherwise."""

PARENT = """Resources:
  Data:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: child.yaml, Parameters: {Standby: 'false'}}
"""
"""A stack that deploys `child.yaml` without a standby."""
