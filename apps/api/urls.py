from django.urls import path

from apps.api import views
from apps.api.endpoints import api

app_name = "api"

urlpatterns = [
    path("api/", views.guide, name="guide"),
    path("api/v1/", api.urls),
    path("profil/token/", views.mine, name="tokens"),
    path("profil/token/<int:token_pk>/cabut/", views.revoke, name="revoke"),
]
