from django.urls import path

from apps.reviews.views import objections, samples

app_name = "reviews"

REPLY = "sanggahan/<int:reply_pk>/"
SAMPLE = "tinjauan/<int:sample_pk>/"

urlpatterns = [
    path("sanggahan/", objections.objections, name="objections"),
    path("sanggahan/berkas/<int:pk>/", objections.reply, name="reply"),
    path(REPLY, objections.objection, name="objection"),
    path(REPLY + "jawab/", objections.answer, name="answer"),
    path(REPLY + "tarik/", objections.withdraw, name="withdraw"),
    path("tinjauan/", samples.samples, name="samples"),
    path("tinjauan/baru/", samples.draw, name="draw"),
    path(SAMPLE, samples.sample, name="sample"),
    path(SAMPLE + "tutup/", samples.close, name="close"),
]
