"""Campaigns and invitations on the web."""
