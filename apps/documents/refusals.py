"""Why a file is not kept, in one plain sentence each (the design's 13.5, 9 to 14).

``what`` begins a sentence: "Berkas SK".
"""

from django.core.exceptions import ValidationError

NOTHING = "Pilih berkas terlebih dahulu"
EMPTY = "{what} kosong. Pilih berkas lain"
TOO_LARGE = "{what} berukuran {size}. Ukuran paling besar {limit}"
NOT_PDF = "{what} harus PDF atau foto (JPG, PNG)"
ONLY_PDF = "{what} harus PDF"
APPLE = (
    "{what} berupa foto {format}, yang tidak dapat dibuka semua komputer. Kirim ulang sebagai "
    "JPG. Di iPhone: Pengaturan > Kamera > Format > Paling Kompatibel"
)
DAMAGED = "{what} tidak dapat dibuka. Pindai ulang, lalu unggah lagi"
ENCRYPTED = "{what} terkunci kata sandi. Unggah berkas tanpa kata sandi"
ACTIVE = (
    "{what} memuat program atau perintah yang dapat berjalan sendiri. Cetak ulang ke PDF "
    "atau pindai, lalu unggah lagi"
)
TOO_LONG = "{what} memuat lebih dari {most} halaman. Unggah bagian yang diperlukan saja"
TOO_HEAVY = (
    "{what} memuat lampiran atau susunan yang terlalu besar untuk diperiksa. Cetak ulang ke PDF "
    "atau pindai, lalu unggah lagi"
)
MIXED = "Pilih satu PDF atau beberapa foto, jangan keduanya sekaligus"
TWO_PDFS = "Pilih satu PDF saja. Gabungkan dahulu bila {what} terbagi dalam beberapa PDF"
TOO_MANY_PHOTOS = "Paling banyak {most} foto. Pindai dokumen yang lebih panjang menjadi satu PDF"
PHOTOS_TOO_LARGE = "Semua foto bersama-sama berukuran {size}. Ukuran paling besar {limit}"
PHOTO_EMPTY = "Foto {number} kosong. Foto ulang halaman itu, lalu unggah lagi"
PHOTO_DAMAGED = "Foto {number} tidak dapat dibuka. Foto ulang halaman itu, lalu unggah lagi"
PHOTO_TOO_LARGE = (
    "Foto {number} terlalu besar untuk dibuka, lebih dari {most} megapiksel. Kecilkan ukuran "
    "foto pada kamera, lalu foto ulang"
)
NOT_COMBINED = (
    "Foto tidak dapat digabungkan menjadi satu dokumen. Kirim foto yang lebih kecil, atau pindai "
    "menjadi satu PDF"
)
LOST = "Sebagian unggahan tidak tersimpan. Unggah lagi berkasnya"
INCOMPLETE = "{what} belum terkirim seluruhnya. Lanjutkan unggahan, lalu simpan lagi"
USED_ALREADY = "Unggahan ini sudah dipakai untuk dokumen lain. Unggah lagi berkasnya"
TWO_REGIONS = "Foto-foto ini diunggah untuk wilayah yang berbeda. Unggah lagi semuanya"
QUOTA = (
    "Unggahan Anda yang belum selesai sudah {number} berkas, {size}. Paling banyak {most} berkas "
    "dan {limit}; selesaikan atau batalkan unggahan itu, lalu coba lagi"
)


class DocumentRefused(ValidationError):
    """The files are not kept; the text is a sentence for the person.

    ``code``: of its content empty, size, type, damaged, encrypted, active, pages, heavy, mixed or
    many; of an upload quota, incomplete, used, regions or lost.
    """


def refused(sentence: str, code: str, what: str = "Berkas", **values) -> DocumentRefused:
    return DocumentRefused(sentence.format(what=what, **values), code=code)
