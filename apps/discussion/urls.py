from django.urls import path

from apps.discussion.views import changes, follow_up, lists, settling, talk

app_name = "discussion"

TALK = "pembicaraan/"
THREAD = TALK + "utas/<int:thread_pk>/"
FOLLOW_UP = "tindak-lanjut/"
ONE = FOLLOW_UP + "<int:follow_pk>/"

urlpatterns = [
    path(TALK + "<int:evidence_pk>/", talk.talk, name="talk"),
    path(THREAD + "balas/", talk.reply, name="reply"),
    path(THREAD + "selesai/", settling.resolve, name="resolve"),
    path(THREAD + "buka/", settling.reopen, name="reopen"),
    path(TALK + "komentar/<int:comment_pk>/tarik/", settling.take_back, name="take_back"),
    path(FOLLOW_UP, lists.follow_ups, name="follow_ups"),
    path(FOLLOW_UP + "unduh.csv", lists.download, name="follow_ups_file"),
    path(FOLLOW_UP + "tambah/", follow_up.ask, name="ask"),
    path(ONE, follow_up.follow_up, name="follow_up"),
    path(ONE + "selesai/", changes.finish, name="finish"),
    path(ONE + "nilai/", changes.judge, name="judge"),
    path(ONE + "batal/", changes.cancel, name="cancel"),
]
