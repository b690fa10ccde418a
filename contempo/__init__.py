"""Contempo: the platform on which a territorial work-life-balance network runs."""
