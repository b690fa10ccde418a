"""Reading invitations: their list, their story, what delegates hand on."""
