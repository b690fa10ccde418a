"""Changing employers, their structure and their staff."""
