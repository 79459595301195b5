"""Public ids: short, neither guessable nor sequential, easy to read aloud."""

import secrets

# Crockford's alphabet without vowels that make words and without look-alikes.
ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"


def public_id() -> str:
    """Twelve characters: 28**12 possibilities, about 57 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))


def verification_code() -> str:
    """Fifteen characters in groups of five, as printed beside a QR code; about 72 bits."""
    raw = "".join(secrets.choice(ALPHABET) for _ in range(15)).upper()
    return "-".join((raw[:5], raw[5:10], raw[10:]))
