"""STORAGES["default"]: the real store, or the folder of the practice room one is in."""

from django.conf import settings
from django.core.files.storage import storages
from django.utils.functional import cached_property

from apps.core.formats import format_size
from apps.core.practice import current
from apps.documents.folder_store import FolderStore
from apps.documents.store import StoreUnavailable
from apps.practice.rooms import FILES, used_bytes

FULL = (
    "Ruang latihan Anda sudah penuh ({limit}), jadi yang terakhir belum tersimpan. Mulai ulang "
    "latihan untuk mengosongkannya."
)


def is_full(room, more: int = 0) -> bool:
    """Whether the room has no place for so many more bytes."""
    return used_bytes(room) + more > settings.PRACTICE_MAX_BYTES


def limit_words() -> str:
    return format_size(settings.PRACTICE_MAX_BYTES)


class RoomStore(FolderStore):
    """The files of one room. No web server reads them: they go out through the portal."""

    is_folder = False

    def __init__(self, folder):
        super().__init__(location=folder / FILES)
        self.room = folder

    def _save(self, name, content):
        if is_full(self.room, content.size):
            raise StoreUnavailable(FULL.format(limit=limit_words()))
        return super()._save(name, content)


class PracticeAwareStore:
    """Hands everything on to the one store that is meant; ``real`` is an entry of STORAGES."""

    def __init__(self, real: dict):
        self._entry = real

    @cached_property
    def _real(self):
        return storages.create_storage(self._entry)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._meant(), name)

    def _meant(self):
        stay = current()
        if stay is None:
            return self._real
        if stay.store is None:
            stay.store = RoomStore(stay.folder)
        return stay.store
