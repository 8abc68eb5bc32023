"""Stage: deliver."""
