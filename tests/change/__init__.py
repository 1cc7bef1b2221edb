"""Tests of the comparison of two templates."""
