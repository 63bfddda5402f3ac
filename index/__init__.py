"""Passages: cut, embedded, indexed and found again."""
