"""Pages by which an organisation asks to join: the service, the wizard, following a request, signing."""
