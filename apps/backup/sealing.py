"""Keys and the encrypted stream (age format), in pieces: a backup is larger than any memory."""

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import pyrage

from apps.backup.disk import flush, open_private, write_private
from apps.backup.trouble import BackupDamaged, BackupTrouble

SECRET = "AGE-SECRET-KEY-"  # noqa: S105  how every secret key begins
SHORTEST = 12  # letters of a passphrase


class WrongKey(BackupTrouble):
    """The key does not fit the backup."""


class Lock:
    """For whom a backup is encrypted. ``key`` is what lies beside it, "" where nothing does."""

    def __init__(self, recipients, key: bytes = b""):
        self.recipients, self.key = recipients, key


def lock_for(recipients: list[str]) -> Lock:
    """For owners of keys; only they can open it, not the machine that made it."""
    try:
        return Lock([pyrage.x25519.Recipient.from_str(word.strip()) for word in recipients])
    except pyrage.RecipientError as error:
        raise BackupTrouble(
            "Kunci penerima tidak dikenal. Bentuknya age1… ; buat pasangan kunci dengan "
            "cadangkan --buat-kunci FILE."
        ) from error


def lock_with(passphrase: str) -> Lock:
    """With a passphrase: it opens the key made for this one backup."""
    identity = pyrage.x25519.Identity.generate()
    sealed = pyrage.passphrase.encrypt(str(identity).encode(), passphrase)
    return Lock([identity.to_public()], sealed)


def passphrase_in(path: Path) -> str:
    """The first line of a file."""
    lines = _read(path).splitlines()
    passphrase = lines[0].strip() if lines else ""
    if len(passphrase) < SHORTEST:
        raise BackupTrouble(
            f"Kata sandi di {path} terlalu pendek: paling sedikit {SHORTEST} huruf pada baris "
            "pertama."
        )
    return passphrase


def make_key(path: Path) -> str:
    """Write a new secret key to a file that nobody else may read; the recipient's word."""
    identity = pyrage.x25519.Identity.generate()
    recipient = str(identity.to_public())
    try:
        write_private(path, f"# penerima: {recipient}\n{identity}\n".encode())
    except FileExistsError:
        raise BackupTrouble(f"{path} sudah ada dan tidak ditimpa. Sebutkan nama lain.") from None
    except OSError as error:
        raise BackupTrouble(f"{path} tidak dapat ditulis: {error.strerror}.") from error
    return recipient


def identities_from(path: Path, sealed_key: bytes) -> list:
    """What opens a backup: the secret keys in a file, or its passphrase for the key beside it."""
    lines = [line.strip() for line in _read(path).splitlines()]
    if secrets := [line for line in lines if line.startswith(SECRET)]:
        try:
            return [pyrage.x25519.Identity.from_str(line) for line in secrets]
        except pyrage.IdentityError as error:
            raise WrongKey(f"Kunci di {path} rusak.") from error
    if not sealed_key:
        raise WrongKey(
            "Cadangan ini dikunci untuk penerima. Sebutkan berkas kunci rahasianya (baris "
            f"{SECRET}…) dengan --kunci."
        )
    try:
        opened = pyrage.passphrase.decrypt(sealed_key, passphrase_in(path))
        return [pyrage.x25519.Identity.from_str(opened.decode())]
    except (pyrage.DecryptError, pyrage.IdentityError) as error:
        raise WrongKey("Kata sandi tidak cocok dengan cadangan ini.") from error


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise BackupTrouble(f"Berkas kunci {path} tidak dapat dibaca.") from error


@contextmanager
def sealing(path: Path, lock: Lock):
    """A stream to write to; encrypted, it is at ``path`` and on the disk when the block ends."""
    out, into = os.pipe()
    trouble: list = []

    def encrypt():
        with os.fdopen(out, "rb") as plain, open_private(path) as file:
            pyrage.encrypt_io(plain, _Told(file, trouble), lock.recipients)
            flush(file)

    with _beside(encrypt, trouble), os.fdopen(into, "wb") as stream:
        yield stream


@contextmanager
def unsealing(path: Path, identities: list):
    """A stream to read the decrypted bytes from. Raises WrongKey, BackupDamaged at the end."""
    out, into = os.pipe()

    def decrypt():
        with os.fdopen(into, "wb", buffering=0) as plain:
            try:
                with path.open("rb") as sealed:
                    pyrage.decrypt_io(sealed, _Leaving(plain), identities)
            except pyrage.DecryptError as error:
                raise WrongKey("Kunci tidak cocok dengan cadangan ini.") from error
            except OSError as error:
                raise BackupDamaged(f"{path.name} rusak atau terpotong.") from error

    with _beside(decrypt, []), os.fdopen(out, "rb") as stream:
        yield stream


class _Told:
    """A file whose own error is kept: what comes through the cipher has lost its number."""

    def __init__(self, file, trouble: list):
        self.file, self.trouble = file, trouble

    def write(self, piece) -> int:
        try:
            return self.file.write(piece)
        except OSError as error:
            self.trouble.append(error)
            raise

    def flush(self) -> None:
        self.file.flush()


class _Leaving:
    """A pipe whose reader may go early."""

    def __init__(self, pipe):
        self.pipe, self.gone = pipe, False

    def write(self, piece) -> int:
        left = memoryview(piece)
        while left and not self.gone:
            try:
                left = left[self.pipe.write(left) :]
            except BrokenPipeError:
                self.gone = True
        return len(piece)

    def flush(self) -> None:
        """The pipe is flushed when it is closed."""


@contextmanager
def _beside(work, trouble: list):
    """Run ``work`` in a thread while the block goes on. Its trouble is the one that counts: the
    other end of the pipe only sees that it broke."""

    def run():
        try:
            work()
        except Exception as error:
            trouble.append(error)

    thread = Thread(target=run)
    thread.start()
    try:
        yield
    except BaseException:
        thread.join()
        if trouble:
            raise trouble[0] from None
        raise
    thread.join()
    if trouble:
        raise trouble[0]


def drain(stream) -> None:
    """Read what is left, so that the writer comes to its end."""
    with suppress(OSError):
        while stream.read(1 << 16):
            pass
