"""Static files that come out of installed packages, so that none is copied into the project."""

from importlib.util import find_spec
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import Error
from django.core.files.storage import FileSystemStorage

PACKAGE = "django_include_bootstrap"
PREFIX = "vendor/bootstrap/"
# The map must stand beside the css: hashed static files fail on a link to nothing.
FILES = ("bootstrap.min.css", "bootstrap.min.css.map")


def vendor_dir():
    """The folder of the installed package that holds Bootstrap's style sheets, or None."""
    spec = find_spec(PACKAGE)
    return Path(spec.origin).parent / "static" / "css" if spec else None


class VendorFinder(BaseFinder):
    """Serve the named files of the package, and none of its templates and scripts."""

    def __init__(self, *args, **kwargs):
        self.storage = FileSystemStorage(location=vendor_dir() or "", base_url=None)
        self.storage.prefix = PREFIX.rstrip("/")

    def check(self, **kwargs):
        folder = vendor_dir()
        missing = [name for name in FILES if not (folder and (folder / name).is_file())]
        return [Error(f"Berkas {n} dari paket {PACKAGE} tidak ditemukan.") for n in missing]

    def find(self, path, find_all=False):
        name = path.removeprefix(PREFIX)
        if name == path or name not in FILES:
            return []
        found = self.storage.path(name)
        return [found] if find_all else found

    def list(self, ignore_patterns):
        for name in FILES:
            yield name, self.storage
