"""A cookie is forgotten with the marks it was set with."""

from django.http import HttpResponse

from apps.core.cookies import forget_cookie


def test_what_forgets_a_cookie_is_marked_as_the_cookie_was(settings):
    settings.SESSION_COOKIE_SECURE = True
    answer = HttpResponse()
    forget_cookie(answer, "kode_pemulihan", "/profil/")
    told = answer.cookies["kode_pemulihan"]
    assert (told.value, told["max-age"], told["path"]) == ("", 0, "/profil/")
    assert (told["secure"], told["httponly"], told["samesite"]) == (True, True, "Strict")
    assert told["expires"].startswith("Thu, 01 Jan 1970")
