"""Employers, their structure and their staff on the web."""
