"""Who calls: a token in the Authorization header and nothing else, and how often it may."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from apps.api import tokens
from apps.api.models import Token

MISSING = (
    "Sertakan token pada kepala permintaan: Authorization: Bearer <token>. "
    "Token dibuat di portal, di /profil/token/."
)
UNKNOWN = "Token ini tidak dikenal."
PER_MINUTE = 120
MINUTE = 60  # seconds


class TokenPortal(HttpBearer):
    """The caller becomes the owner of the token. (The document names the scheme as the class.)"""

    openapi_description = "Token pribadi, dibuat di /profil/token/; berlaku paling lama setahun."

    def __call__(self, request: HttpRequest) -> Token:
        scheme, _, secret = request.headers.get(self.header, "").partition(" ")
        if scheme.lower() != self.openapi_scheme or not secret.strip():
            raise AuthenticationError(message=MISSING)
        return self.authenticate(request, secret.strip())

    def authenticate(self, request: HttpRequest, secret: str) -> Token:
        token = tokens.find(secret)
        if token is None:
            raise AuthenticationError(message=UNKNOWN)
        if fault := tokens.fault_of(token):
            raise AuthenticationError(message=fault)
        tokens.note_use(token)
        request.user = token.user
        return token


class PerToken(BaseThrottle):
    """PER_MINUTE requests of one token in a minute of the clock.

    Counted in the cache: reading must not wait for whoever writes to the database. The cache that
    comes with the portal belongs to one process, so several processes allow that much each.
    """

    def allow_request(self, request: HttpRequest) -> bool:
        minute = int(timezone.now().timestamp()) // MINUTE
        key = f"api.{request.auth.pk}.{minute}"
        cache.add(key, 0, timeout=2 * MINUTE)
        try:
            return cache.incr(key) <= PER_MINUTE
        except ValueError:  # thrown out of a full cache meanwhile
            return True

    def wait(self) -> int:
        """Seconds until the next minute begins."""
        return MINUTE - int(timezone.now().timestamp()) % MINUTE
