"""Semantics of AWS services: the meaning of resources, policies and names to a service."""
