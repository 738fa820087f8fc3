from django.urls import path
from django.views.generic import RedirectView

from apps.accounts import (
    activation_views,
    people_views,
    second_factor_views,
    sign_in_views,
    views,
)

app_name = "accounts"

urlpatterns = [
    path("", views.LandingView.as_view(), name="landing"),
    path("masuk/", views.SignInView.as_view(), name="login"),
    path("keluar/", views.SignOutView.as_view(), name="logout"),
    path("beranda/", views.home, name="home"),
    path("profil/", views.profile, name="profile"),
    path("masuk/kode/", second_factor_views.second_step, name="second_step"),
    path("profil/dua-langkah/", second_factor_views.show, name="second_factor"),
    path("profil/dua-langkah/pasang/", second_factor_views.set_up, name="second_factor_set_up"),
    path(
        "profil/dua-langkah/kode-pemulihan/",
        second_factor_views.recovery_codes,
        name="recovery_codes",
    ),
    path("profil/dua-langkah/kode-baru/", second_factor_views.renew_codes, name="renew_codes"),
    path("profil/dua-langkah/lepas/", second_factor_views.turn_off, name="second_factor_off"),
    path("profil/masuk/", sign_in_views.running, name="sign_ins"),
    path("profil/masuk/lainnya/akhiri/", sign_in_views.end_others, name="sign_ins_end_others"),
    path("profil/masuk/<int:sign_in_pk>/akhiri/", sign_in_views.end, name="sign_in_end"),
    path("sandi/ganti/", views.PasswordChangeView.as_view(), name="password_change"),
    path("lupa-sandi/", views.PasswordResetView.as_view(), name="password_reset"),
    path("lupa-sandi/terkirim/", views.PasswordResetSentView.as_view(), name="password_reset_sent"),
    path(
        "lupa-sandi/<uidb64>/<token>/",
        views.PasswordResetSetView.as_view(),
        name="password_reset_set",
    ),
    path("lupa-sandi/selesai/", views.PasswordResetDoneView.as_view(), name="password_reset_done"),
    path("undangan/<str:token>/", activation_views.by_link, name="invitation"),
    path("aktivasi/", activation_views.by_code, name="activation"),
    path("akun/", people_views.people, name="people"),
    path("akun/undang/", people_views.invite, name="invite"),
    path("akun/<int:user_pk>/", people_views.person, name="person"),
    path("akun/<int:user_pk>/kode-baru/", people_views.renew, name="renew"),
    path("akun/<int:user_pk>/nonaktifkan/", people_views.deactivate, name="deactivate"),
    path(
        "akun/<int:user_pk>/dua-langkah/lepas/",
        people_views.reset_second_factor,
        name="second_factor_reset",
    ),
    path(
        "akun/<int:user_pk>/penugasan/<int:post_pk>/akhiri/", people_views.end_post, name="end_post"
    ),
    path("akun/undangan/<int:invitation_pk>/kode/", people_views.code, name="code"),
    path("akun/undangan/<int:invitation_pk>/kode/pdf/", people_views.code_pdf, name="code_pdf"),
    path(
        "akun/undangan/<int:invitation_pk>/cabut/",
        people_views.withdraw,
        name="invitation_withdraw",
    ),
    # Before the administration's own addresses: signing in and passwords happen here only.
    path("admin/login/", views.admin_login),
    path("admin/password_change/", RedirectView.as_view(pattern_name="accounts:password_change")),
]
