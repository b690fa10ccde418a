"""What a person agrees to when registering."""

PRIVACY_NOTICE = "privacy"
# Raise the version whenever the text of the notice changes in substance: consents name the version they were given for.
PRIVACY_VERSION = "2026-01"
