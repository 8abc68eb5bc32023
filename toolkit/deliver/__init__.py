"""Stage: deliver.  Finished artifacts leave the toolkit, whole or not at all."""

from toolkit.deliver.folder import deliver, with_manifest, write_file, write_whole

__all__ = ["deliver", "with_manifest", "write_file", "write_whole"]
