"""Files that arrive in parts over a line that may break, and become a document when whole.

Each part lies in the store under ``sementara/`` before its bytes are acknowledged; ``Upload`` says
how far they reach. What one person sees of it is the progress of an own form, so only the document
it becomes is on record. The protocol over HTTP is in ``upload_views``.
"""

import secrets
from contextlib import ExitStack, contextmanager
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from apps.accounts.enums import Act
from apps.accounts.models import User
from apps.audit.services import record
from apps.core.database import release_connections
from apps.core.formats import format_size
from apps.documents import photos
from apps.documents.checks import check_files
from apps.documents.models import Chunk, Document, Upload
from apps.documents.refusals import (
    EMPTY,
    INCOMPLETE,
    LOST,
    NOTHING,
    QUOTA,
    TOO_LARGE,
    TOO_MANY_PHOTOS,
    TWO_REGIONS,
    USED_ALREADY,
    DocumentRefused,
    refused,
)
from apps.documents.services import (
    clean_name,
    document_transaction,
    goes_with_transaction,
    store_document,
)
from apps.documents.store import disk_trouble_told, give_up

FOLDER = "sementara"
PIECE = 64 * 1024  # bytes read from the line at a time
# Bytes acknowledged together, and all that one request holds in memory: what a worker that is
# killed can lose of an upload.
PART = 512 * 1024
ABANDONED_AFTER = timedelta(days=7)
MOST_UNFINISHED = 200  # uploads of one person; their bytes have a limit of their own
KEPT_FOR_SURE = timedelta(days=1)  # an unfinished upload makes room for a new one only after this


class WrongOffset(Exception):
    """The bytes do not follow those that are here; ``received`` says where they should begin."""

    def __init__(self, received: int):
        self.received = received
        super().__init__(received)


class TooLong(Exception):
    """More bytes than were announced."""


def begin(*, user, region, name, size: int) -> Upload:
    """Announce a file of ``size`` bytes. Raises DocumentRefused: empty, size or quota."""
    if size <= 0:
        raise refused(EMPTY, "empty")
    limit = settings.UPLOAD_MAX_BYTES
    if size > limit:
        raise refused(TOO_LARGE, "size", size=format_size(size), limit=format_size(limit))
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # two at once see each other
        _make_room(user, size)
        return Upload.objects.create(user=user, region=region, name=clean_name(name), size=size)


def _make_room(user, size: int) -> None:
    """Within the limit for one person; what has lain still for a day gives way, oldest first."""
    unfinished = Upload.objects.for_user(user).filter(document=None)
    used = unfinished.aggregate(bytes=Sum("size", default=0), number=Count("pk"))
    limit = max(settings.UPLOAD_UNFINISHED_MAX_BYTES, settings.UPLOAD_MAX_BYTES)
    too_many = used["number"] + 1 - MOST_UNFINISHED
    too_much = used["bytes"] + size - limit
    still = unfinished.filter(touched_at__lt=timezone.now() - KEPT_FOR_SURE)
    for upload in still.order_by("touched_at"):
        if too_many <= 0 and too_much <= 0:
            break
        discard(upload)
        too_many, too_much = too_many - 1, too_much - upload.size
    if too_many > 0 or too_much > 0:
        raise refused(
            QUOTA,
            "quota",
            number=used["number"],
            size=format_size(used["bytes"]),
            most=MOST_UNFINISHED,
            limit=format_size(limit),
        )


def receive(upload: Upload, offset: int, stream) -> int:
    """Keep the bytes of ``stream`` from ``offset`` on; returns up to where they are here now.

    ``stream`` has ``read(size)``. A line that breaks midway leaves what arrived. Raises
    WrongOffset, TooLong (what fits is kept), Upload.DoesNotExist when it was discarded meanwhile,
    StoreUnavailable.
    """
    if offset != upload.received:
        raise WrongOffset(upload.received)
    line = _Line(stream)
    while part := line.read(min(PART, upload.size - upload.received)):
        _keep_part(upload, part)
    if not line.is_broken and upload.is_whole and line.read(1):
        raise TooLong
    return upload.received


class _Line:
    """Bytes from outside until there are no more, for whatever reason."""

    def __init__(self, stream):
        self.stream, self.is_broken = stream, False

    def read(self, most: int) -> bytes:
        """At most that many bytes; fewer only at the end or when the line broke."""
        part = bytearray()
        release_connections()
        while len(part) < most and not self.is_broken:
            try:
                piece = self.stream.read(min(PIECE, most - len(part)))
            except OSError:  # Django's UnreadablePostError is one
                piece = b""
            self.is_broken = not piece
            part += piece
        return bytes(part)


def _keep_part(upload: Upload, part: bytes) -> None:
    """The part into the store, then its row and the new offset in one step; of two that bring the
    same part one is taken. No transaction waits for the store."""
    offset = upload.received
    name = default_storage.save(_part_name(upload), ContentFile(part))
    with document_transaction():
        goes_with_transaction(default_storage, name)
        _advance(upload, offset, len(part))
        Chunk.objects.create(upload=upload, offset=offset, size=len(part), name=name)
    upload.received = offset + len(part)


def _part_name(upload) -> str:
    """Of one's own, so that a rival's part is neither written over nor deleted for this one."""
    folder = f"{FOLDER}/{upload.uuid.hex[:2]}/{upload.uuid}"
    return f"{folder}/{upload.received}-{secrets.token_hex(4)}"


def _advance(upload, offset: int, size: int) -> None:
    row = Upload.objects.filter(pk=upload.pk)
    values = {"received": offset + size, "touched_at": timezone.now()}
    if not row.filter(received=offset, document=None).update(**values):
        raise WrongOffset(row.values_list("received", flat=True).get())


def finish(uploads, *, actor, what: str = "Berkas") -> Document:
    """Make one document of whole uploads, in page order; asked again, the same document.

    Raises DocumentRefused. Refused for their content the uploads are gone afterwards; one that
    has not arrived yet, or StoreUnavailable, leaves them as they are.
    """
    uploads = list(uploads)
    if document := _made_already(uploads):
        return document
    _check_ready(uploads, what)
    with ExitStack() as stack:
        try:
            if len(uploads) > photos.MOST:
                raise refused(TOO_MANY_PHOTOS, "many", most=photos.MOST)
            files = [stack.enter_context(_assembled(upload)) for upload in uploads]
            check_files(files, what)
            return _turn_into_document(uploads, files, actor, what)
        except DocumentRefused:
            if document := _made_already(uploads, afresh=True):  # by the same request, sent twice
                return document
            for upload in uploads:
                discard(upload)
            raise


def _made_already(uploads, *, afresh=False) -> Document | None:
    """The document these uploads have become, all of them."""
    if afresh:
        keys = [upload.pk for upload in uploads]
        uploads = list(Upload.objects.filter(pk__in=keys).select_related("document"))
    documents = {upload.document for upload in uploads}
    return documents.pop() if len(documents) == 1 else None


def _check_ready(uploads, what) -> None:
    """These refusals discard nothing: the person can go on."""
    if not uploads:
        raise refused(NOTHING, "empty")
    if any(upload.document_id for upload in uploads) or len({*uploads}) < len(uploads):
        raise refused(USED_ALREADY, "used")
    if len({upload.region_id for upload in uploads}) > 1:
        raise refused(TWO_REGIONS, "regions")
    if not all(upload.is_whole for upload in uploads):
        raise refused(INCOMPLETE, "incomplete", what)


@contextmanager
def _assembled(upload: Upload):
    """The parts as one temporary file; raises DocumentRefused when they are not all there."""
    with disk_trouble_told():  # a name from outside must not become one on the disk
        file = TemporaryUploadedFile("unggahan", "application/octet-stream", upload.size, None)
    with file:
        for name in upload.chunks.order_by("offset").values_list("name", flat=True):
            _append(name, file)
        if file.tell() != upload.size:
            raise refused(LOST, "lost")
        with disk_trouble_told():
            file.flush()
        file.name = upload.name
        yield file


def _append(name, file) -> None:
    try:
        with default_storage.open(name, "rb") as part:
            for piece in part.chunks():
                with disk_trouble_told():
                    file.write(piece)
    except FileNotFoundError:
        raise refused(LOST, "lost") from None


def _turn_into_document(uploads, files, actor, what) -> Document:
    keys, region = [upload.pk for upload in uploads], uploads[0].region
    with document_transaction():
        rows = Upload.objects.select_for_update().filter(pk__in=keys, document=None)
        if len(rows) < len(keys):
            raise refused(USED_ALREADY, "used")
        document = store_document(files, region=region, actor=actor, what=what)
        rows.update(document=document, touched_at=timezone.now())
        _drop_parts(Chunk.objects.filter(upload__in=keys))
        record(
            "Mengunggah berkas",
            document,
            actor=actor,
            role=actor.scope.role_for(Act.EDIT, region),
            region=region,
            after={"sha256": document.sha256, "ukuran": document.size},
        )
    return document


def discard(upload: Upload) -> None:
    """Forget an upload and its parts; a document it has become stays."""
    with transaction.atomic():
        rows = Upload.objects.select_for_update().filter(pk=upload.pk)
        list(rows)  # a part on its way waits, and finds nothing afterwards
        _drop_parts(Chunk.objects.filter(upload=upload.pk))
        rows.delete()


def _drop_parts(chunks) -> None:
    """The rows now, the files once that is certain."""
    names = list(chunks.values_list("name", flat=True))
    chunks.delete()
    transaction.on_commit(lambda: [give_up(default_storage, name) for name in names])


def abandoned():
    """Uploads nobody has gone on with for ABANDONED_AFTER."""
    return Upload.objects.filter(document=None, touched_at__lt=timezone.now() - ABANDONED_AFTER)
