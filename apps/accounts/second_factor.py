"""The second step of a log-in: a code of an app on one's phone, or a recovery code from paper.

TOTP (RFC 6238): six digits for 30 seconds; those of the step before and after are taken as well,
each once. The app's secret lies in the database encrypted under a key derived from SECRET_KEY; of
a recovery code there is a hash under the secret. When SECRET_KEY changes, the old key has to stay
among SECRET_KEY_FALLBACKS until ``manage.py perbarui_kunci`` has run (a log-in does the same for
one person); with the old key lost, every phone and every recovery code is useless. Whoever can
use neither asks their koordinator, an administrator, or whoever has the command line
(``manage.py lepas_dua_langkah``).
"""

import base64
import hashlib
from hmac import compare_digest

import pyotp
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from apps.accounts import codes, sign_ins
from apps.accounts.enums import Ending
from apps.accounts.models import RecoveryCode, SecondFactor, User
from apps.audit.services import record
from apps.core.practice import outside

ISSUER = "Portal Pokja"
STEP = 30  # seconds
DIGITS = 6
RECOVERY_CODES = 10
SET_UP_WITHIN = 3600  # seconds between seeing a secret and confirming it
PASSED = "dua_langkah"  # session key: this log-in went through both steps


class AlreadyOn(Exception):
    """Somebody set the second step up meanwhile, in another tab."""


class Unreadable(Exception):
    """The secret was encrypted under a key that is gone."""


# --- who has one, who must -----------------------------------------------------------------------


def is_on(user) -> bool:
    return SecondFactor.objects.filter(user=user).exists()


def is_required(user) -> bool:
    """Whether the installation demands it of one of this person's roles."""
    return bool(settings.MFA_REQUIRED_ROLES) and user.scope.has_role(*settings.MFA_REQUIRED_ROLES)


def is_missing(request, user) -> bool:
    """Whether this person must set one up before anything else. No query where nobody must, or
    where the log-in went through both steps."""
    if not settings.MFA_REQUIRED_ROLES or request.session.get(PASSED):
        return False
    with outside():
        return is_required(user) and not is_on(user)


def codes_left(user) -> int:
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


# --- secrets -------------------------------------------------------------------------------------


def _cipher() -> MultiFernet:
    """Writes under the present key, reads under the earlier ones, too."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    words = [f"accounts.second_factor:{key}".encode() for key in keys]
    hashed = [base64.urlsafe_b64encode(hashlib.sha256(word).digest()) for word in words]
    return MultiFernet([Fernet(key) for key in hashed])


def new_secret() -> str:
    """160 bits in base32, as apps take it."""
    return pyotp.random_base32()


def sealed(user, secret: str) -> str:
    """A secret that is not confirmed yet, for a hidden field of the form that confirms it."""
    return _cipher().encrypt(f"{user.pk}:{secret}".encode()).decode()


def unsealed(user, token: str) -> str | None:
    """The secret in that field; None where it is forged, somebody else's, or an hour old."""
    try:
        text = _cipher().decrypt(token.encode(), ttl=SET_UP_WITHIN).decode()
    except (InvalidToken, ValueError):
        return None
    owner, _, secret = text.partition(":")
    return secret if owner == str(user.pk) else None


def address_for_app(user, secret: str) -> str:
    """The otpauth address that the QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=ISSUER)


# --- setting up and taking away ------------------------------------------------------------------


@transaction.atomic
def turn_on(user: User, secret: str, code: str, *, request) -> list[str] | None:
    """Set it up if the code is right; gives the recovery codes, which are known only now. None
    for a wrong code. Raises AlreadyOn. Every other log-in of the person ends."""
    step = _step_of(secret, code)
    if step is None:
        return None
    try:
        with transaction.atomic():
            SecondFactor.objects.create(
                user=user,
                secret=_cipher().encrypt(secret.encode()).decode(),
                last_step=step,
                created_at=timezone.now(),
            )
    except IntegrityError as taken:
        raise AlreadyOn from taken
    request.session[PASSED] = True
    sign_ins.end_all(user, Ending.SECOND_FACTOR, but_of=request)
    record("Verifikasi dua langkah dipasang", user, actor=user)
    return _write_codes(user, secret)


@transaction.atomic
def turn_off(user: User, *, actor, reason="", role="", region=None, but_of=None) -> bool:
    """Take it away with its recovery codes; ends the person's log-ins, except that of the request
    ``but_of``. False when there is none. The caller has asked whether the actor may."""
    RecoveryCode.objects.filter(user=user).delete()
    done, _ = SecondFactor.objects.filter(user=user).delete()
    if not done:
        return False
    if but_of is not None:
        but_of.session.pop(PASSED, None)
    sign_ins.end_all(user, Ending.SECOND_FACTOR, but_of=but_of)
    action = "Verifikasi dua langkah dilepas"
    record(action, user, actor=actor, reason=reason, role=role, region=region)
    return True


@transaction.atomic
def renew_codes(user: User) -> list[str]:
    """New recovery codes; the old ones die. Raises Unreadable."""
    factor = SecondFactor.objects.select_for_update().get(user=user)  # of two at once, the later
    fresh = _write_codes(user, _secret_of(factor))
    record("Kode pemulihan dibuat baru", user, actor=user)
    return fresh


def _write_codes(user, secret: str) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    fresh = [codes.new_code() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, code_hash=_hash(secret, code)) for code in fresh
    )
    return fresh


def _hash(secret: str, code: str) -> str:
    plain = codes.folded(code)
    return salted_hmac("accounts.recovery", plain, secret=secret, algorithm="sha256").hexdigest()


def _secret_of(factor: SecondFactor) -> str:
    try:
        return _cipher().decrypt(factor.secret.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def renew_keys() -> tuple[int, int]:
    """Encrypt every secret anew, under the present key; how many were, how many cannot be read."""
    done = lost = 0
    for factor in SecondFactor.objects.order_by("pk").iterator():
        try:
            fresh = _cipher().rotate(factor.secret.encode()).decode()
        except InvalidToken:
            lost += 1
            continue
        done += SecondFactor.objects.filter(pk=factor.pk, secret=factor.secret).update(secret=fresh)
    return done, lost


# --- checking ------------------------------------------------------------------------------------


def is_right(user: User, entered: str) -> bool:
    """Whether this is a code of the person's phone, or a recovery code, that was not used yet;
    it is used up by this. Of two at once with one code, one is told yes."""
    if not (factor := SecondFactor.objects.filter(user=user).first()):
        return False
    try:
        secret = _secret_of(factor)
    except Unreadable:
        return False
    code = codes.folded(entered)
    if code.isascii() and code.isdigit() and len(code) == DIGITS:
        return _take_step(factor, secret, code)
    return _take_recovery_code(user, secret, code)


def _take_step(factor: SecondFactor, secret: str, code: str) -> bool:
    step = _step_of(secret, code)
    if step is None:
        return False
    fresh = _cipher().rotate(factor.secret.encode()).decode()  # under the present key
    unused = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step)
    return bool(unused.update(last_step=step, secret=fresh))


@transaction.atomic
def _take_recovery_code(user, secret: str, code: str) -> bool:
    rows = RecoveryCode.objects.filter(user=user, code_hash=_hash(secret, code), used_at=None)
    if not rows.update(used_at=timezone.now()):
        return False
    record("Kode pemulihan dipakai", user, actor=user, after={"tersisa": codes_left(user)})
    return True


def _step_of(secret: str, code: str) -> int | None:
    """The step whose code this is: the present one, the one before, or the one after."""
    now, app = int(timezone.now().timestamp()) // STEP, pyotp.TOTP(secret)
    code = codes.folded(code).encode()
    steps = (now, now - 1, now + 1)
    fitting = [step for step in steps if compare_digest(app.generate_otp(step).encode(), code)]
    return fitting[0] if fitting else None
