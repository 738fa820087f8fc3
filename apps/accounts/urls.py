from django.urls import path
from django.views.generic import RedirectView

from apps.accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.LandingView.as_view(), name="landing"),
    path("masuk/", views.SignInView.as_view(), name="login"),
    path("keluar/", views.SignOutView.as_view(), name="logout"),
    path("beranda/", views.home, name="home"),
    path("profil/", views.profile, name="profile"),
    path("sandi/ganti/", views.PasswordChangeView.as_view(), name="password_change"),
    path("lupa-sandi/", views.PasswordResetView.as_view(), name="password_reset"),
    path("lupa-sandi/terkirim/", views.PasswordResetSentView.as_view(), name="password_reset_sent"),
    path(
        "lupa-sandi/<uidb64>/<token>/",
        views.PasswordResetSetView.as_view(),
        name="password_reset_set",
    ),
    path("lupa-sandi/selesai/", views.PasswordResetDoneView.as_view(), name="password_reset_done"),
    # Before the administration's own addresses: signing in and passwords happen here only.
    path("admin/login/", views.admin_login),
    path("admin/password_change/", RedirectView.as_view(pattern_name="accounts:password_change")),
]
