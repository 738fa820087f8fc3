"""The store in S3-compatible storage (FILE_STORE=s3://…), for several application machines.

Needs requirements-s3.txt. Objects are private and reached through the portal only.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock

import boto3
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    ReadTimeoutError,
)
from storages.backends.s3 import S3Storage

from apps.documents.store import (
    FULL,
    NOT_KEPT,
    NOT_READ,
    Entry,
    StoreUnavailable,
    disk_trouble_told,
)

logger = logging.getLogger(__name__)

# A person waits: silence is told after these seconds, what failed at once is tried once more.
PATIENCE = {"connect_timeout": 2, "read_timeout": 4, "retries": {"total_max_attempts": 2}}
RETRY_PAUSE = 0.2  # seconds
# Servers other than Amazon's often do not know the checksums that newer clients add unasked.
CHECKSUMS = {
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}
# One request for a whole file: it is there or not, and no part of it waits in memory.
ONE_REQUEST = 5 * 1024**3
IN_MEMORY = 256 * 1024  # of an opened file; the rest lies in a temporary file
FULL_CODES = frozenset({"XMinioStorageFull", "QuotaExceeded", "InsufficientCapacity"})

SILENCE = (ConnectTimeoutError, ReadTimeoutError)

_connecting = Lock()


@cache
def _session(access_key, secret_key):
    """What it reads to know the S3 protocol takes half a second and some megabytes: once."""
    return boto3.Session(aws_access_key_id=access_key, aws_secret_access_key=secret_key)


def _try_once_more(events) -> None:
    """In place of botocore's own rule, which waits as long again for a server that is silent."""
    events.unregister("needs-retry.s3", unique_id="retry-config-s3")
    events.register("needs-retry.s3", _pause_before_retry, unique_id="retry-config-s3")


def _pause_before_retry(response, attempts, caught_exception, **kwargs) -> float | None:
    """Seconds until the next try; None for none."""
    if attempts > 1 or isinstance(caught_exception, SILENCE):
        return None
    is_ill = response is not None and response[0].status_code >= 500
    return RETRY_PAUSE if caught_exception is not None or is_ill else None


class S3Store(S3Storage):
    """django-storages' S3 with the promises of ``store``."""

    is_folder = False

    def __init__(self, *, endpoint_url=None, **options):
        style = "path" if endpoint_url else "auto"
        super().__init__(
            endpoint_url=endpoint_url,
            client_config=Config(s3={"addressing_style": style}, **PATIENCE, **CHECKSUMS),
            transfer_config=TransferConfig(multipart_threshold=ONE_REQUEST, use_threads=False),
            max_memory_size=IN_MEMORY,
            file_overwrite=False,
            querystring_auth=False,
            default_acl=None,  # the bucket's own rule: private unless somebody opened it
            **options,
        )
        self._connection = None

    @property
    def connection(self):
        """One for all threads of the process (django-storages makes one for each)."""
        with _connecting:
            if self._connection is None:
                self._connection = _session(self.access_key, self.secret_key).resource(
                    "s3",
                    region_name=self.region_name,
                    endpoint_url=self.endpoint_url,
                    config=self.client_config,
                )
                _try_once_more(self._connection.meta.client.meta.events)
            return self._connection

    def _save(self, name, content):
        try:
            with trouble_told(NOT_KEPT):
                return super()._save(name, content)
        except BaseException:
            self._forget(name)
            raise

    def _forget(self, name) -> None:
        """The server may have taken the bytes and only its answer was lost."""
        try:
            super().delete(name)
        except (BotoCoreError, ClientError):
            logger.warning("Berkas %s mungkin tertinggal di penyimpanan.", name)

    def _open(self, name, mode="rb"):
        """Brought here at once, to a temporary file where it is large: trouble shows now."""
        with trouble_told(), disk_trouble_told(NOT_READ):
            file = super()._open(name, mode)
            return file.open() if "r" in mode else file

    def delete(self, name):
        with trouble_told():
            super().delete(name)

    def exists(self, name):
        with trouble_told():
            return super().exists(name)

    def listdir(self, name):
        with trouble_told():
            return super().listdir(name)

    def size(self, name):
        with trouble_told():
            return super().size(name)

    def get_modified_time(self, name):
        with trouble_told():
            return super().get_modified_time(name)

    def stream(self, name: str) -> tuple:
        """(body to read in pieces, its size in bytes); raises FileNotFoundError."""
        with trouble_told():
            try:
                answer = self.bucket.Object(self._normalize_name(name)).get()
            except ClientError as error:
                if _status(error) == 404:
                    raise FileNotFoundError(name) from error
                raise
        return answer["Body"], answer["ContentLength"]

    def list_entries(self, prefix: str) -> Iterator[Entry]:
        """Every file under a folder, at any depth; a thousand in each request."""
        begin = len(self.location) + 1 if self.location else 0
        folder = self._normalize_name(prefix).rstrip("/") + "/"
        with trouble_told():
            for found in self.bucket.objects.filter(Prefix=folder):
                yield Entry(found.key[begin:], found.size, found.last_modified)


@contextmanager
def trouble_told(sentence: str = NOT_READ):
    """Turn what the server refuses, or does not answer, into StoreUnavailable."""
    try:
        yield
    except (BotoCoreError, ClientError, Boto3Error) as error:
        logger.error("Penyimpanan S3 menolak atau tidak menjawab: %s", error)
        raise StoreUnavailable(FULL if _is_full(error) else sentence) from error


def _status(error) -> int:
    return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)


def _is_full(error) -> bool:
    if not isinstance(error, ClientError):
        return False
    return _status(error) == 507 or error.response.get("Error", {}).get("Code") in FULL_CODES
