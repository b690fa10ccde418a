"""Tests of individual agreements."""
