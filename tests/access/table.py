"""What every address answers to every role (spec section 3): one line for each URL pattern.

A line has a letter for each of ROLES, over an object of Kota Makassar ("own") and one of Kota
Banjarmasin ("foreign"): ``o`` answered, ``f`` 403, ``n`` 404, ``l`` sent to log in, ``-`` sent
elsewhere. A pattern of the resolver without a line here fails the test, so a new page cannot be
forgotten. The column order of ROLES:
"""

ROLES = (
    "anonymous",
    "operator_makassar",
    "operator_bone",
    "operator_sulsel",
    "verifikator_sulsel",
    "koordinator_sulsel",
    "pusat",
    "pengamat_makassar",
    "verifikator_kalsel",
    "operator_banjarmasin",
    "admin",
)

# shorthands for lines that recur:   anon, op mks, op bone, op prov, verif, koord, pusat, pengamat,
#                                    verif kalsel, op bjm, admin
PUBLIC = "o o o o o o o o o o o"
SIGNED_IN = "l o o o o o o o o o o"
# pages of a Pokja: seen in scope
SEE = ("l o n n o o o o n n o", "l n n n n n o n o o o")
# filling in: officers of the region and, on behalf, the province and the administrator
EDIT = ("l o n n o o f f n n o", "l n n n n n f n o o o")
# judging: the province's verifiers; the others in scope may look at most
CHECK = ("l f n n o o o n n n o", "l n n n n n o n o f o")
JUDGE = ("l f n n o o f n n n f", "l n n n n n f n o f f")
PIN = ("l f n n o f f n n n f", "l n n n n n f n o f f")
CANCEL = ("l f n n f o o n n n o", "l n n n n n o n f f o")

# route -> (method, own line, foreign line or None when the address names no object)
TABLE = {
    # accounts
    "": ("GET", "o - - - - - - - - - -", None),
    "masuk/": ("GET", "o - - - - - - - - - -", None),
    "keluar/": ("POST", "- - - - - - - - - - -", None),
    "beranda/": ("GET", "l - - - - - - - - - -", None),
    "profil/": ("GET", SIGNED_IN, None),
    "sandi/ganti/": ("GET", SIGNED_IN, None),
    "lupa-sandi/": ("GET", PUBLIC, None),
    "lupa-sandi/terkirim/": ("GET", PUBLIC, None),
    "lupa-sandi/<uidb64>/<token>/": ("GET", PUBLIC, None),
    "lupa-sandi/selesai/": ("GET", PUBLIC, None),
    "admin/login/": ("GET", "l f f f f f f f f f -", None),
    "admin/password_change/": ("GET", "- - - - - - - - - - -", None),
    # inbox
    "tugas/": ("GET", "l o o o - - f f - o -", None),
    # filing
    "pokja/": ("GET", SIGNED_IN, None),
    "pokja/tambah/": ("GET", "l o o o o o f f o o o", None),
    "pokja/<int:pk>/": ("GET", "l - n n - - - - n n -", "l n n n n n - n - - -"),
    "pokja/<int:pk>/ubah/": ("GET", *EDIT),
    "pokja/<int:pk>/bubar/": ("GET", *EDIT),
    "pokja/<int:pk>/lebur/": ("GET", *EDIT),
    "pokja/<int:pk>/anggota/": ("GET", *SEE),
    "pokja/<int:pk>/anggota/unduh/": ("GET", *SEE),
    "pokja/<int:pk>/anggota/templat/": ("GET", *EDIT),
    "pokja/<int:pk>/anggota/tambah/": ("GET", *EDIT),
    "pokja/<int:pk>/anggota/impor/": ("GET", *EDIT),
    "pokja/<int:pk>/anggota/salin/": ("GET", *EDIT),
    "pokja/<int:pk>/anggota/<int:seat_pk>/ubah/": ("GET", *EDIT),
    "pokja/<int:pk>/anggota/<int:seat_pk>/pejabat/": ("GET", *EDIT),
    "pokja/<int:pk>/anggota/<int:seat_pk>/akhiri/": ("GET", *EDIT),
    "pokja/<int:pk>/sk/": ("GET", *SEE),
    "pokja/<int:pk>/<int:year>/gunakan-kembali/": ("POST", *EDIT),
    "pokja/<int:pk>/<int:year>/": ("GET", *SEE),
    "pokja/<int:pk>/<int:year>/salin/": ("POST", *EDIT),
    "pokja/<int:pk>/<int:year>/bukti/<int:item_pk>/tarik-kembali/": ("POST", *EDIT),
    "pokja/<int:pk>/<int:year>/bukti/<int:item_pk>/versi-baru/": ("POST", *EDIT),
    "pokja/<int:pk>/<int:year>/isi/periksa/": ("GET", *EDIT),
    "pokja/<int:pk>/<int:year>/isi/terkirim/": ("GET", *EDIT),
    "pokja/<int:pk>/<int:year>/isi/<slug:step>/": ("GET", *EDIT),
    "pokja/<int:pk>/<int:year>/isi/<slug:step>/tidak-ada/": ("GET", *EDIT),
    "pokja/<int:pk>/<int:year>/isi/<slug:step>/salin/": ("POST", *EDIT),
    "berkas/<uuid:uuid>/terbaca/": ("GET", "l o n n o o f n n n o", "l n n n n n f n o o o"),
    # checking
    "verifikasi/": ("GET", "l f f f o o o f o f o", None),
    "verifikasi/pintasan/": ("POST", SIGNED_IN, None),
    "verifikasi/<int:pk>/": ("GET", *CHECK),
    "verifikasi/<int:pk>/setujui/": ("POST", *JUDGE),
    "verifikasi/<int:pk>/kembalikan/": ("POST", *JUDGE),
    "verifikasi/<int:pk>/batalkan/": ("GET", *CANCEL),
    "verifikasi/<int:pk>/letak/": ("POST", *JUDGE),
    "verifikasi/<int:pk>/pin/": ("GET", *JUDGE),
    # of a pin not sent yet: whoever wrote it
    "verifikasi/<int:pk>/pin/<int:pin_pk>/": ("GET", *PIN),
    "verifikasi/<int:pk>/pin/<int:pin_pk>/hapus/": ("POST", *PIN),
    # uploads: 401 without a redirect ("l"); on its way a file is its sender's alone
    "unggah/": ("GET", *EDIT),
    "unggah/<uuid:uuid>/": ("GET", "l o n n n n n n n n n", "l n n n n n n n n o n"),
    "unggah/selesai/": ("POST", SIGNED_IN, None),
    # documents: of a submitted SK, so not yet for observers
    "berkas/<uuid:uuid>/": ("GET", "l o n n o o o n n n o", "l n n n n n o n o o o"),
    "berkas/<uuid:uuid>/hal-<int:number>.webp": (
        "GET",
        "l o n n o o o n n n o",
        "l n n n n n o n o o o",
    ),
    "berkas/<uuid:uuid>/asli-<int:number>/": (
        "GET",
        "l o n n o o o n n n o",
        "l n n n n n o n o o o",
    ),
    # library: the lists show what is in scope; a zip of the whole nation is asked to name a region
    "dokumen/": ("GET", SIGNED_IN, None),
    "dokumen/unduh.zip": ("GET", "l o o o o o - o o o -", None),
    "dokumen/<uuid:uuid>/": ("GET", "l o n n o o o n n n o", "l n n n n n o n o o o"),
    "dokumen/<uuid:uuid>/banding/<uuid:other>/": (
        "GET",
        "l o n n o o o n n n o",
        "l n n n n n o n o o o",
    ),
    # dashboards: own regions; the own province as the one widening; the nation for everybody
    "dasbor/": ("GET", "l - - - - - - - - - -", None),
    "dasbor/nasional/": ("GET", "l - - - - - - - - - -", None),
    "nasional/TAHUN": ("GET", SIGNED_IN, None),
    "nasional/TAHUN/peta": ("GET", SIGNED_IN, None),
    "WILAYAH": ("GET", "l - - - - - - - - - -", None),  # to the year's page, which checks
    "WILAYAH/TAHUN": ("GET", *SEE),
    "panduan/": ("GET", "- - - - - - - - - - -", None),
    "panduan/skor/": ("GET", PUBLIC, None),
    "panduan/aksesibilitas/": ("GET", PUBLIC, None),
}
