"""Secrets that are shown once: a code somebody types from paper, a word in a link. No Django."""

import secrets

# Without 0, 1, I, L and O, which look alike on paper: 31 letters, 12 of them make 59 bits.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS, GROUP = 3, 4


def new_code() -> str:
    """A code to print, such as "K7QF-2M9D-XT4P"."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP))
    return grouped(letters)


def new_token() -> str:
    """A word for a link (256 bits)."""
    return secrets.token_urlsafe(32)


def folded(entered: str) -> str:
    """A code as somebody typed it, in the one way it is compared: "k7qf 2m9d" as "K7QF2M9D"."""
    return "".join(letter for letter in entered.upper() if letter.isalnum())


def grouped(letters: str) -> str:
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))
