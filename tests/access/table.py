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
# accounts: coordinators of the region, the national office, administrators
MANAGE = ("l f n n f o o f n n o", "l n n n n n o n f f o")
HAND_OVER = ("l o n n f o o f n n o", "l n n n n n o n f o o")
LOCK = ("l n n f f o o n n n o", "l n n n n n o n f n o")
REOPEN = ("l f n n f o o f n n o", "l n n n n n o n f f o")
CANCEL = ("l f n n f o o n n n o", "l n n n n n o n f f o")
# talking about an item
TALK = ("l o n n o o o n n n o", "l n n n n n o n o o o")
WRITE = ("l o n n o o o n n n f", "l n n n n n o n o o f")
# reminders: the province's verifiers to its kab/kota, the national office in its own name
REMIND = "l f f f o o o f o f o"
LETTERS = ("l f f f o o n f n f o", "l f f f n n n f o f o")
LETTER_OFFICE = ("l f f f f o n f n f o", "l f f f n n n f f f o")
# the recap names every Pokja of a province: its verifiers, the national office
RECAP = ("l f f f o o o f n f o", "l f f f n n o f o f o")
# figures of a province: its own people and those of its kab/kota
PROVINCE_FIGURES = ("l o o o o o o o n n o", "l n n n n n o n o o o")
# rubrics: drafts are seen by the national office, written by administrators
DRAFT = "l n n n n n o n n n o"
RULES = ("l n n n n n f n n n o", "l f f f f f f f f f o")
BRING_IN = "l o o o o o f f o o o"
NO_TOKEN = "l l l l l l l l l l l"  # 401
NOT_OPEN = "n n n n n n n n n n n"
OFFICER = ("l o n n f f f n n n f", "l n n n n n f n f o f")

NATIONAL_ONLY = "l f f f f f o f f f o"

# route -> (method, own line, foreign line or None when the address names no object)
TABLE = {
    # machines and robots (the tests come from the machine itself, so /metrik/ answers)
    "sehat/": ("GET", PUBLIC, None),
    "siap/": ("GET", PUBLIC, None),
    "metrik/": ("GET", PUBLIC, None),
    "robots.txt": ("GET", PUBLIC, None),
    ".well-known/security.txt": ("GET", NOT_OPEN, None),
    # accounts
    "": ("GET", "o - - - - - - - - - -", None),
    "masuk/": ("GET", "o - - - - - - - - - -", None),
    "keluar/": ("POST", "- - - - - - - - - - -", None),
    "beranda/": ("GET", "l - - - - - - - - - -", None),
    "profil/": ("GET", SIGNED_IN, None),
    # nobody waits for a code: back to signing in
    "masuk/kode/": ("GET", "l - - - - - - - - - -", None),
    "profil/dua-langkah/": ("GET", SIGNED_IN, None),
    "profil/dua-langkah/pasang/": ("GET", SIGNED_IN, None),
    "profil/dua-langkah/kode-pemulihan/": ("GET", SIGNED_IN, None),
    "profil/dua-langkah/kode-baru/": ("POST", SIGNED_IN, None),
    "profil/dua-langkah/lepas/": ("POST", SIGNED_IN, None),
    "profil/masuk/": ("GET", SIGNED_IN, None),
    "profil/masuk/lainnya/akhiri/": ("POST", SIGNED_IN, None),
    # programs: a token and nothing else, so that whoever is signed in is nobody here
    "api/": ("GET", PUBLIC, None),
    "api/v1/": ("GET", NOT_OPEN, None),
    "api/v1/openapi.json": ("GET", PUBLIC, None),
    "api/v1/penilaian/": ("GET", NO_TOKEN, None),
    "api/v1/wilayah/": ("GET", NO_TOKEN, None),
    "api/v1/pokja/": ("GET", NO_TOKEN, None),
    "api/v1/sk/": ("GET", NO_TOKEN, None),
    "api/v1/rencana-kerja/": ("GET", NO_TOKEN, None),
    "api/v1/indikator/": ("GET", NO_TOKEN, None),
    "api/v1/anggaran/": ("GET", NO_TOKEN, None),
    "profil/token/": ("GET", SIGNED_IN, None),
    "profil/token/<int:token_pk>/cabut/": (
        "POST",
        "l o n n n n n n n n n",
        "l n n n n n n n n o n",
    ),
    # everybody ends their own only
    "profil/masuk/<int:sign_in_pk>/akhiri/": (
        "POST",
        "l o n n n n n n n n n",
        "l n n n n n n n n o n",
    ),
    "sandi/ganti/": ("GET", SIGNED_IN, None),
    "lupa-sandi/": ("GET", PUBLIC, None),
    "lupa-sandi/terkirim/": ("GET", PUBLIC, None),
    "lupa-sandi/<uidb64>/<token>/": ("GET", PUBLIC, None),
    "lupa-sandi/selesai/": ("GET", PUBLIC, None),
    "undangan/<str:token>/": ("GET", "n n n n n n n n n n n", None),
    "aktivasi/": ("GET", PUBLIC, None),
    "akun/": ("GET", "l f f f f o o f f f o", None),
    "akun/undang/": ("GET", "l f f f f o o f f f o", None),
    "akun/<int:user_pk>/": ("GET", *MANAGE),
    "akun/<int:user_pk>/kode-baru/": ("POST", *MANAGE),
    "akun/<int:user_pk>/nonaktifkan/": ("POST", *MANAGE),
    "akun/<int:user_pk>/dua-langkah/lepas/": ("POST", *MANAGE),
    # ended by the national office, the foreign officer's post opens nothing any more
    "akun/<int:user_pk>/penugasan/<int:post_pk>/akhiri/": (
        "POST",
        MANAGE[0],
        "l n n n n n o n f n o",
    ),
    # a code is shown to whoever made it
    "akun/undangan/<int:invitation_pk>/kode/": (
        "GET",
        "l o n n n n n n n n n",
        "l n n n n n n n n o n",
    ),
    "akun/undangan/<int:invitation_pk>/kode/pdf/": (
        "POST",
        "l o n n n n n n n n n",
        "l n n n n n n n n o n",
    ),
    "akun/undangan/<int:invitation_pk>/cabut/": ("POST", *MANAGE),
    # handing over: also one's own post
    "serah-terima/": ("GET", "l o o o f o o f f o o", None),
    "serah-terima/<int:post_pk>/": ("GET", *HAND_OVER),
    "serah-terima/<int:post_pk>/paket.pdf": ("GET", *HAND_OVER),
    "admin/login/": ("GET", "l f f f f f f f f f -", None),
    "admin/password_change/": ("GET", "- - - - - - - - - - -", None),
    "admin/cadangan/": ("GET", "l f f f f f f f f f o", None),
    # trail: observers never; who saw a person is for those who answer for personal data
    # files in and out: who writes that kind somewhere; whose rows, says the importer
    "impor/": ("GET", "l o o o o o o f o o o", None),
    "impor/<slug:file_kind>/": ("GET", BRING_IN, None),
    "impor/<slug:file_kind>/templat.xlsx": ("GET", BRING_IN, None),
    "impor/<slug:file_kind>/data.xlsx": ("GET", BRING_IN, None),
    "impor/<slug:file_kind>/data.csv": ("GET", BRING_IN, None),
    # nothing refused: back to the form
    "impor/<slug:file_kind>/laporan.xlsx": ("GET", "l - - - - - f f - - -", None),
    "jejak/": ("GET", "l o o o o o o f o o o", None),
    "jejak/unduh/": ("GET", "l o o o o o o f o o o", None),
    "jejak/pokja/<int:pk>/": ("GET", "l o n n o o o f n n o", "l n n n n n o n o o o"),
    "jejak/pembaca/": ("GET", "l f f f f o o f f f o", None),
    "jejak/pembaca/unduh/": ("GET", "l f f f f o o f f f o", None),
    # inbox
    "tugas/": ("GET", SIGNED_IN, None),
    # filing
    "pokja/": ("GET", SIGNED_IN, None),
    "pokja/tambah/": ("GET", "l o o o o o f f o o o", None),
    "pokja/<int:pk>/": ("GET", "l - n n - - - - n n -", "l n n n n n - n - - -"),
    "pokja/<int:pk>/ubah/": ("GET", *EDIT),
    "pokja/<int:pk>/bubar/": ("GET", *EDIT),
    "pokja/<int:pk>/lebur/": ("GET", *EDIT),
    "pokja/<int:pk>/<int:year>/rapor/": ("GET", *SEE),
    "pokja/<int:pk>/<int:year>/rapor.pdf": ("GET", *SEE),
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
    "pokja/<int:pk>/<int:year>/isi/<slug:step>/sementara/": ("GET", *EDIT),
    "pokja/<int:pk>/<int:year>/isi/<slug:step>/sementara/buang/": ("POST", *EDIT),
    "pokja/<int:pk>/<int:year>/isi/<slug:step>/tidak-ada/": ("GET", *EDIT),
    "pokja/<int:pk>/<int:year>/isi/<slug:step>/salin/": ("POST", *EDIT),
    "berkas/<uuid:uuid>/terbaca/": ("GET", "l o n n o o f n n n o", "l n n n n n f n o o o"),
    # checking
    "verifikasi/": ("GET", "l f f f o o o f o f o", None),
    "verifikasi/pintasan/": ("POST", SIGNED_IN, None),
    # without an item ticked or named they lead back to the queue
    "verifikasi/bersama/": ("GET", "l f f f o o o f o f o", None),
    "verifikasi/urungkan/": ("POST", "l f f f o o o f o f o", None),
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
    # examples: what a region shares is read by everybody with a post, its buttons are its own
    "contoh/": ("GET", SIGNED_IN, None),
    "contoh/bagikan/<int:evidence_pk>/": (
        "GET",
        "l o n n o o f n n n o",
        "l n n n n n f n o o o",
    ),
    "contoh/<int:share_pk>/": ("GET", SIGNED_IN, SIGNED_IN),
    "contoh/<int:share_pk>/berkas/": ("GET", SIGNED_IN, SIGNED_IN),
    "contoh/<int:share_pk>/hal-<int:number>.webp": ("GET", SIGNED_IN, SIGNED_IN),
    # stopped by the first of its region, it is there for nobody else any more
    "contoh/<int:share_pk>/berhenti/": (
        "POST",
        "l o n n o o f f n n o",
        "l f f f f f f f o o o",
    ),
    # deadlines: seen by everybody; locks are of the province, by those who manage its periods
    "periode/": ("GET", SIGNED_IN, None),
    "periode/<int:year>/<int:province_pk>/<slug:step>/kunci/": ("GET", *LOCK),
    "periode/<int:year>/<int:province_pk>/<slug:step>/buka-kunci/": ("GET", *LOCK),
    "periode/<int:year>/wilayah/<int:region_pk>/buka-kembali/": ("GET", *REOPEN),
    "periode/pembukaan/<int:reopening_pk>/akhiri/": ("POST", *REOPEN),
    "jam/": ("GET", SIGNED_IN, None),
    # notices: everybody's own; another's answers 404, to administrators as well
    "notifikasi/": ("GET", SIGNED_IN, None),
    "notifikasi/dibaca/": ("POST", SIGNED_IN, None),
    "notifikasi/pengaturan/": ("GET", SIGNED_IN, None),
    "notifikasi/<int:notice_pk>/": (
        "GET",
        "l o n n n n n n n n n",
        "l n n n n n n n n o n",
    ),
    # talk and follow-ups: everybody in scope but observers; administrators read
    "pembicaraan/<int:evidence_pk>/": ("GET", *TALK),
    "pembicaraan/utas/<int:thread_pk>/balas/": ("POST", *WRITE),
    "pembicaraan/utas/<int:thread_pk>/selesai/": ("POST", *WRITE),
    "pembicaraan/utas/<int:thread_pk>/buka/": ("POST", *WRITE),
    # of an officer's comment, and an officer's task: theirs alone
    "pembicaraan/komentar/<int:comment_pk>/tarik/": ("POST", *OFFICER),
    "tindak-lanjut/": ("GET", "l o o o o o o f o o o", None),
    "tindak-lanjut/unduh.csv": ("GET", "l o o o o o o f o o o", None),
    "tindak-lanjut/tambah/": ("GET", "l o o o o o o f o o f", None),
    "tindak-lanjut/<int:follow_pk>/": ("GET", *TALK),
    "tindak-lanjut/<int:follow_pk>/selesai/": ("POST", *OFFICER),
    # asked for by the province's verifier
    "tindak-lanjut/<int:follow_pk>/nilai/": ("POST", *JUDGE),
    "tindak-lanjut/<int:follow_pk>/batal/": ("POST", *JUDGE),
    # replies of a region to a decision, and its answer; observers see none
    "sanggahan/": ("GET", "l o o o o o o f o o o", None),
    "sanggahan/berkas/<int:pk>/": ("GET", *OFFICER),
    "sanggahan/<int:reply_pk>/": ("GET", *TALK),
    # the koordinator; the national office where the province has none
    "sanggahan/<int:reply_pk>/jawab/": (
        "POST",
        "l f n n f o f n n n f",
        "l n n n n n o n f f f",
    ),
    "sanggahan/<int:reply_pk>/tarik/": ("POST", *OFFICER),
    # second looks: of a province's verifiers; marked by the one asked
    "tinjauan/": ("GET", "l f f f o o o f o f f", None),
    "tinjauan/baru/": ("GET", "l f f f f o o f f f f", None),
    "tinjauan/<int:sample_pk>/": ("GET", "l f f f o o o f n f f", "l f f f n n o f o f f"),
    "tinjauan/<int:sample_pk>/tutup/": (
        "POST",
        "l f f f f o o f n f f",
        "l f f f n n o f f f f",
    ),
    "tinjauan/berkas/<int:look_pk>/": (
        "GET",
        "l n n n o f f n n n f",
        "l n n n n n f n o n f",
    ),
    # to where each works on an item; submitted here, so not yet for observers
    "bukti/<int:item_pk>/": ("GET", "l - n n - - - n n n -", "l n n n n n - n - - -"),
    # campaign; letters carry a NIP, so they are for the office that made them
    "kampanye/": ("GET", REMIND, None),
    "kampanye/siapkan/": ("GET", REMIND, None),
    "kampanye/whatsapp/": ("POST", REMIND, None),
    "kampanye/pemberitahuan/": ("POST", REMIND, None),
    "kampanye/surat/<int:mailing_pk>/": ("GET", *LETTERS),
    "kampanye/surat/<int:mailing_pk>/unduh/<slug:form>/": ("GET", *LETTERS),
    "kampanye/kantor/": ("GET", REMIND, None),
    "kampanye/kantor/kop/tambah/": ("GET", "l f f f f o o f f f o", None),
    "kampanye/kantor/kop/<int:head_pk>/": ("GET", *LETTER_OFFICE),
    "kampanye/kantor/penanda-tangan/tambah/": ("GET", "l f f f f o o f f f o", None),
    "kampanye/kantor/penanda-tangan/<int:signer_pk>/": ("GET", *LETTER_OFFICE),
    # papers: whether one is genuine, for anybody who holds it; the code is its key
    "periksa/": ("GET", PUBLIC, None),
    "periksa/<str:paper_code>/": ("GET", PUBLIC, PUBLIC),
    # the register of regulations: read in scope, written by who keeps the region's Pokja
    "regulasi/": ("GET", SIGNED_IN, None),
    "regulasi/unduh.csv": ("GET", SIGNED_IN, None),
    "regulasi/unduh.xlsx": ("GET", SIGNED_IN, None),
    "regulasi/tambah/": ("GET", "l o o o o o f f o o o", None),
    "regulasi/<int:row_pk>/": ("GET", *SEE),
    "regulasi/<int:row_pk>/ubah/": ("GET", *EDIT),
    "regulasi/<int:row_pk>/akhiri/": ("GET", *EDIT),
    "regulasi/<int:row_pk>/naskah/": ("GET", *EDIT),
    "regulasi/kesepakatan/": ("GET", SIGNED_IN, None),
    "regulasi/kesepakatan/unduh.csv": ("GET", SIGNED_IN, None),
    "regulasi/kesepakatan/unduh.xlsx": ("GET", SIGNED_IN, None),
    "regulasi/kesepakatan/tambah/": ("GET", "l o o o o o f f o o o", None),
    "regulasi/kesepakatan/<int:row_pk>/": ("GET", *SEE),
    "regulasi/kesepakatan/<int:row_pk>/ubah/": ("GET", *EDIT),
    "regulasi/kesepakatan/<int:row_pk>/akhiri/": ("GET", *EDIT),
    "regulasi/kesepakatan/<int:row_pk>/naskah/": ("GET", *EDIT),
    "regulasi/kelembagaan/": ("GET", SIGNED_IN, None),
    "regulasi/kelembagaan/unduh.csv": ("GET", SIGNED_IN, None),
    "regulasi/kelembagaan/unduh.xlsx": ("GET", SIGNED_IN, None),
    "regulasi/kelembagaan/tambah/": ("GET", "l o o o o o f f o o o", None),
    "regulasi/kelembagaan/<int:row_pk>/": ("GET", *SEE),
    "regulasi/kelembagaan/<int:row_pk>/ubah/": ("GET", *EDIT),
    "regulasi/kelembagaan/<int:row_pk>/akhiri/": ("GET", *EDIT),
    # rubrics: own is a draft, foreign one that was published
    "rubrik/": ("GET", SIGNED_IN, None),
    "rubrik/unggah/": ("GET", RULES[1], None),
    "rubrik/baru/": ("POST", RULES[1], None),
    "rubrik/<slug:rubric_code>/": ("GET", DRAFT, SIGNED_IN),
    "rubrik/<slug:rubric_code>/unduh/": ("GET", DRAFT, SIGNED_IN),
    "rubrik/<slug:rubric_code>/susun/": ("POST", *RULES),
    "rubrik/<slug:rubric_code>/ubah/": ("GET", *RULES),
    "rubrik/<slug:rubric_code>/hapus/": ("POST", *RULES),
    "rubrik/<slug:rubric_code>/pratinjau/": ("GET", DRAFT, "l f f f f f o f f f o"),
    "rubrik/<slug:rubric_code>/pratinjau/unduh/": ("GET", DRAFT, "l f f f f f o f f f o"),
    "rubrik/<slug:rubric_code>/terbitkan/": ("GET", *RULES),
    # search: everybody, each in what they may see
    "cari/": ("GET", SIGNED_IN, None),
    # dashboards: own regions; the own province as the one widening; the nation for everybody
    "pindah/": ("GET", "l - - - - - - - - - -", None),
    "dasbor/": ("GET", "l - - - - - - - - - -", None),
    "dasbor/nasional/": ("GET", "l - - - - - - - - - -", None),
    "nasional/TAHUN": ("GET", SIGNED_IN, None),
    "nasional/TAHUN/peta": ("GET", SIGNED_IN, None),
    "WILAYAH": ("GET", "l - - - - - - - - - -", None),  # to the year's page, which checks
    "WILAYAH/TAHUN": ("GET", *SEE),
    "nasional/TAHUN/tabel": ("GET", SIGNED_IN, None),
    "nasional/TAHUN/CSV": ("GET", SIGNED_IN, None),
    "nasional/TAHUN/XLSX": ("GET", SIGNED_IN, None),
    "WILAYAH/TAHUN/tabel": ("GET", *SEE),
    "WILAYAH/TAHUN/CSV": ("GET", *SEE),
    "WILAYAH/TAHUN/XLSX": ("GET", *SEE),
    "nasional/TAHUN/kematangan": ("GET", SIGNED_IN, None),
    "nasional/TAHUN/KEMATANGAN": ("GET", SIGNED_IN, None),
    "nasional/TAHUN/UANG/": ("GET", SIGNED_IN, None),
    "nasional/TAHUN/UANG.csv": ("GET", SIGNED_IN, None),
    "nasional/TAHUN/UANG.xlsx": ("GET", SIGNED_IN, None),
    "WILAYAH/TAHUN/kematangan": ("GET", *SEE),
    "WILAYAH/TAHUN/KEMATANGAN": ("GET", *SEE),
    "unduhan/": ("GET", "l f f f o o o f o f o", None),
    # rapor: as the dashboards; the book of a province for those who reach all of it
    "LEMBAR": ("GET", *SEE),
    "LEMBAR/PDF": ("GET", *SEE),
    "BUKU-PROVINSI": ("GET", "l f f f o o o f n n o", "l n n n n n o n o f o"),
    "PROVINSI/TAHUN/saji": ("GET", *PROVINCE_FIGURES),
    # attainment: as the dashboards, own province and nation; targets by those who answer for it
    # comparison: the region beside its province (see ``address`` in test_every_url)
    "bandingkan/": ("GET", SIGNED_IN, SIGNED_IN),
    "bandingkan/perbandingan.csv": ("GET", *PROVINCE_FIGURES),
    "bandingkan/perbandingan.xlsx": ("GET", *PROVINCE_FIGURES),
    "tren/": ("GET", SIGNED_IN, SIGNED_IN),
    "tren/tren.csv": ("GET", *PROVINCE_FIGURES),
    "tren/tren.xlsx": ("GET", *PROVINCE_FIGURES),
    "capaian/": ("GET", "l - - - - - - - - - -", None),
    "rekap/": ("GET", "l f f f - - o f - f o", None),
    "rekap/<slug:area>/<int:year>/": ("GET", *RECAP),
    "rekap/<slug:area>/<int:year>/rekap.xlsx": ("GET", *RECAP),
    "rekap/<slug:area>/<int:year>/rekap.pdf": ("GET", *RECAP),
    "capaian/<slug:area>/<int:year>/": ("GET", *PROVINCE_FIGURES),
    "capaian/<slug:area>/<int:year>/capaian.xlsx": ("GET", *PROVINCE_FIGURES),
    "capaian/<slug:area>/<int:year>/kekurangan.csv": ("GET", *PROVINCE_FIGURES),
    "capaian/<slug:area>/<int:year>/target/": (
        "GET",
        "l f f f f o o f n n o",
        "l n n n n n o n f f o",
    ),
    # books of closed years: read as the dashboards, closed and reopened as periods are
    "buku/": ("GET", SIGNED_IN, None),
    "buku/<int:year>/<str:code>/": ("GET", *PROVINCE_FIGURES),
    "buku/<int:year>/<str:code>/unduh.xlsx": ("GET", *PROVINCE_FIGURES),
    "buku/<int:year>/<str:code>/unduh.csv": ("GET", *PROVINCE_FIGURES),
    "buku/<int:year>/<str:code>/bandingkan/": ("GET", *LOCK),
    "buku/<int:year>/<str:code>/tutup/": ("GET", *LOCK),
    "buku/<int:year>/<str:code>/<str:region_code>/buka-kembali/": ("GET", *REOPEN),
    "buku/<int:year>/<str:code>/<str:region_code>/tutup-lagi/": ("GET", *REOPEN),
    # open data: what a province opened is read by everybody, what it did not answers 404 to all
    "publik/": ("GET", PUBLIC, None),
    "publik/PROVINSI/TAHUN/": ("GET", PUBLIC, NOT_OPEN),
    "publik/PROVINSI/TAHUN/data.csv": ("GET", PUBLIC, NOT_OPEN),
    "publik/PROVINSI/TAHUN/wilayah.csv": ("GET", PUBLIC, NOT_OPEN),
    "publik/PROVINSI/TAHUN/data.json": ("GET", PUBLIC, NOT_OPEN),
    "publik/PROVINSI/TAHUN/data.xlsx": ("GET", PUBLIC, NOT_OPEN),
    "publik/PROVINSI/TAHUN/metadata.json": ("GET", PUBLIC, NOT_OPEN),
    "publikasi/": ("GET", "l f f f f o o f f f o", None),
    "publikasi/<int:year>/<str:code>/buka/": ("GET", *LOCK),
    "publikasi/<int:year>/<str:code>/tutup/": ("GET", *LOCK),
    # changes of regions: the national office and administrators; a draft leads to its preview
    "wilayah/perubahan/": ("GET", NATIONAL_ONLY, None),
    "wilayah/perubahan/mulai/": ("GET", NATIONAL_ONLY, None),
    "wilayah/perubahan/<int:change_pk>/": ("GET", "l f f f f f - f f f -", None),
    "wilayah/perubahan/<int:change_pk>/apa/": ("GET", NATIONAL_ONLY, None),
    "wilayah/perubahan/<int:change_pk>/wilayah-baru/": ("GET", NATIONAL_ONLY, None),
    "wilayah/perubahan/<int:change_pk>/pembagian/": ("GET", NATIONAL_ONLY, None),
    "wilayah/perubahan/<int:change_pk>/pratinjau/": ("GET", NATIONAL_ONLY, None),
    "wilayah/perubahan/<int:change_pk>/sahkan/": ("GET", NATIONAL_ONLY, None),
    "wilayah/perubahan/<int:change_pk>/buang/": ("POST", NATIONAL_ONLY, None),
    "wilayah/perubahan/<int:change_pk>/kebalikan/": ("POST", NATIONAL_ONLY, None),
    # practice: everybody, whatever their role; entered and left by a redirect
    "latihan/": ("GET", SIGNED_IN, None),
    "latihan/masuk/": ("POST", SIGNED_IN, None),
    "latihan/mulai-ulang/": ("POST", SIGNED_IN, None),
    "latihan/keluar/": ("POST", SIGNED_IN, None),
    "panduan/": ("GET", PUBLIC, None),
    "panduan/pindai/": ("GET", PUBLIC, None),
    "panduan/kriteria/<slug:step>/": ("GET", PUBLIC, None),
    "panduan/langkah/<slug:role>/": ("GET", PUBLIC, None),
    "panduan/skor/": ("GET", PUBLIC, None),
    "panduan/aksesibilitas/": ("GET", PUBLIC, None),
}
