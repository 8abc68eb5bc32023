"""nhiemky beside what a user would take instead, on the same briefs in one run; see README.md."""
