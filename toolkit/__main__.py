"""``python -m toolkit`` is the command ``nhiemky``."""

from toolkit.cli import main

main()
