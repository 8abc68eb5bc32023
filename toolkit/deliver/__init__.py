"""Stage: deliver.  Finished artifacts leave the toolkit, whole or not at all."""

from toolkit.deliver.folder import deliver, write_whole

__all__ = ["deliver", "write_whole"]
