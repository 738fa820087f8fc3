from django.urls import path

from apps.practice import views

app_name = "practice"

urlpatterns = [
    path("latihan/", views.home, name="home"),
    path("latihan/masuk/", views.enter, name="enter"),
    path("latihan/mulai-ulang/", views.reset, name="reset"),
    path("latihan/keluar/", views.leave, name="leave"),
]
