"""Tests of the whole: borders, access, journeys. Tests of one context live in that context."""
