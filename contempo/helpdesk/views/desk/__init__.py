"""The pages on which experts and coordinators work at questions."""
