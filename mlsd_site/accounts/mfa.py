"""allauth's hooks for the second factor: its secrets lie encrypted, and its picture is drawn by us."""

from __future__ import annotations

import base64
import hashlib
from io import BytesIO

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from qrcode.image.svg import SvgPathImage


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """A backup of the database alone opens no account: the seeds in it need SECRET_KEY, or one of
    SECRET_KEY_FALLBACKS."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """One <svg> element that stands in the page itself, so that no policy has to allow data: addresses for it."""
        drawn = qrcode.make(url, image_factory=SvgPathImage, border=2)
        text = BytesIO()
        drawn.save(text)
        svg = text.getvalue().decode()
        return svg[svg.index("<svg") :]


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    """A key for this use alone; SECRET_KEY is random and long (settings.py), so one round is enough."""
    digest = hashlib.blake2b(key.encode(), digest_size=32, person=b"mlsd.mfa").digest()
    return base64.urlsafe_b64encode(digest)
