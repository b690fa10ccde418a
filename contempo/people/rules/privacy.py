"""What a person agrees to when registering, and how long what is known of people is kept."""

from datetime import timedelta

PRIVACY_NOTICE = "privacy"
PRIVACY_PATH = "/privacy/"
# Raise the version whenever the text of the notice changes in substance: consents name the version they were given for.
PRIVACY_VERSION = "2026-11-20"

NOTIFICATION_KEPT = timedelta(days=365)
INVITATION_KEPT = timedelta(days=365)
UNVERIFIED_KEPT = timedelta(days=7)
