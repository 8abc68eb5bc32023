"""Stage: summarise."""
