from django.urls import path

from apps.checking.views import bulk, decisions, item, pins, queue, second_look, undo

app_name = "checking"

ITEM = "verifikasi/<int:pk>/"

urlpatterns = [
    path("verifikasi/", queue.queue, name="queue"),
    path("verifikasi/pintasan/", queue.shortcuts, name="shortcuts"),
    path("verifikasi/bersama/", bulk.bulk_check, name="bulk"),
    path("verifikasi/urungkan/", undo.undo, name="undo"),
    path("tinjauan/berkas/<int:look_pk>/", second_look.second_look, name="second_look"),
    path(ITEM, item.item, name="item"),
    path(ITEM + "setujui/", decisions.approve, name="approve"),
    path(ITEM + "kembalikan/", decisions.return_, name="return"),
    path(ITEM + "batalkan/", decisions.cancel, name="cancel"),
    path(ITEM + "letak/", decisions.places, name="places"),
    path(ITEM + "pin/", pins.pin_add, name="pin_add"),
    path(ITEM + "pin/<int:pin_pk>/", pins.pin_edit, name="pin_edit"),
    path(ITEM + "pin/<int:pin_pk>/hapus/", pins.pin_remove, name="pin_remove"),
]
