"""Briefings: read, cleaned, described and kept."""
