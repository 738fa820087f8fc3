from django.urls import path

from apps.campaign.views import letters, office, overview, prepare

app_name = "campaign"

urlpatterns = [
    path("kampanye/", overview.campaign, name="list"),
    path("kampanye/siapkan/", prepare.prepare, name="prepare"),
    path("kampanye/whatsapp/", prepare.whatsapp_sent, name="whatsapp"),
    path("kampanye/pemberitahuan/", prepare.notify, name="notify"),
    path("kampanye/surat/<int:mailing_pk>/", letters.mailing, name="mailing"),
    path("kampanye/surat/<int:mailing_pk>/unduh/<slug:form>/", letters.download, name="download"),
    path("kampanye/kantor/", office.office, name="office"),
    path("kampanye/kantor/kop/tambah/", office.letterhead_add, name="letterhead_add"),
    path("kampanye/kantor/kop/<int:head_pk>/", office.letterhead_change, name="letterhead_change"),
    path("kampanye/kantor/penanda-tangan/tambah/", office.signer_add, name="signer_add"),
    path(
        "kampanye/kantor/penanda-tangan/<int:signer_pk>/",
        office.signer_change,
        name="signer_change",
    ),
]
