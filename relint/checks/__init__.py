"""Checks that compare several resources, one per file, attached to rules by name."""
