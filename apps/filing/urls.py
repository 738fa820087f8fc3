from django.urls import path

from apps.filing.views import (
    actions,
    chain,
    item,
    members,
    rapor,
    readings,
    register,
    review,
    seat_lists,
    seats,
    steps,
    unsaved,
    year,
)

app_name = "filing"

POKJA = "pokja/<int:pk>/"
SEAT = POKJA + "anggota/<int:seat_pk>/"
YEAR = "pokja/<int:pk>/<int:year>/"
ITEM = YEAR + "bukti/<int:item_pk>/"

urlpatterns = [
    path("pokja/", register.pokja_list, name="pokja_list"),
    path("pokja/tambah/", register.pokja_add, name="pokja_add"),
    path(POKJA, year.pokja_newest, name="pokja"),
    path(POKJA + "ubah/", register.pokja_edit, name="pokja_edit"),
    path(POKJA + "bubar/", register.pokja_dissolve, name="pokja_dissolve"),
    path(POKJA + "lebur/", register.pokja_merge, name="pokja_merge"),
    path(POKJA + "anggota/", members.pokja_members, name="pokja_members"),
    path(POKJA + "anggota/unduh/", members.roster_file, name="roster_file"),
    path(POKJA + "anggota/templat/", members.roster_template, name="roster_template"),
    path(POKJA + "anggota/tambah/", seats.seat_add, name="seat_add"),
    path(POKJA + "anggota/impor/", seat_lists.seat_import, name="seat_import"),
    path(POKJA + "anggota/salin/", seat_lists.seat_copy, name="seat_copy"),
    path(SEAT + "ubah/", seats.seat_change, name="seat_change"),
    path(SEAT + "pejabat/", seats.seat_holder, name="seat_holder"),
    path(SEAT + "akhiri/", seats.seat_end, name="seat_end"),
    path("berkas/<uuid:uuid>/terbaca/", readings.reading, name="reading"),
    path(POKJA + "sk/", chain.chain, name="chain"),
    path(YEAR + "gunakan-kembali/", chain.reuse, name="reuse"),
    path(YEAR, year.pokja_year, name="pokja_year"),
    path(YEAR + "rapor/", rapor.rapor_page, name="rapor_page"),
    path(YEAR + "rapor.pdf", rapor.rapor, name="rapor"),
    path(YEAR + "salin/", actions.copy_all, name="copy_all"),
    path("bukti/<int:item_pk>/", item.item, name="item"),
    path(ITEM + "tarik-kembali/", actions.withdraw_item, name="withdraw"),
    path(ITEM + "versi-baru/", actions.new_version, name="new_version"),
    path(YEAR + "isi/periksa/", review.review, name="review"),
    path(YEAR + "isi/terkirim/", review.sent, name="sent"),
    path(YEAR + "isi/<slug:step>/", steps.step, name="step"),
    path(YEAR + "isi/<slug:step>/sementara/", unsaved.typed, name="typed"),
    path(YEAR + "isi/<slug:step>/sementara/buang/", unsaved.discard, name="typed_discard"),
    path(YEAR + "isi/<slug:step>/tidak-ada/", actions.nil, name="nil"),
    path(YEAR + "isi/<slug:step>/salin/", actions.copy_step, name="copy"),
]
