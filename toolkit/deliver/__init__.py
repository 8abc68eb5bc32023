"""Stage: deliver.  Finished artifacts leave the toolkit, whole or not at all."""

from toolkit.deliver.folder import deliver

__all__ = ["deliver"]
