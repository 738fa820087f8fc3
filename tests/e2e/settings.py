"""Settings of the installation the crawl visits: production's, on plain HTTP.

The static files are collected, hashed and compressed as in production, but beside the run's
database instead of into the project.
"""

import os
from pathlib import Path

from pokja_portal.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["E2E_STATIC_ROOT"])
MFA_REQUIRED_ROLES = ()  # the sample accounts have no phone
