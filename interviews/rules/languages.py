"""The languages that an interview can be held in. Cases, guides and the scorer's reports stay in English."""

from __future__ import annotations

DEFAULT = "en"
# Each by its own name, English first.
LANGUAGES = (
    ("en", "English"),
    ("zh", "中文"),
    ("hi", "हिन्दी"),
    ("es", "Español"),
    ("fr", "Français"),
    ("ar", "العربية"),
    ("pt", "Português"),
    ("ru", "Русский"),
    ("de", "Deutsch"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("tr", "Türkçe"),
    ("it", "Italiano"),
    ("pl", "Polski"),
    ("uk", "Українська"),
    ("nl", "Nederlands"),
)
NAMES = dict(LANGUAGES)
