"""Semantics of AWS services: what a resource, a policy or a name means to the service."""
