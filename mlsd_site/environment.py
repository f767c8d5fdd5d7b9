"""What the environment, or the checkout's .env file, says; and the secrets in it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / ".local"
env = Env()
env.read_env(BASE_DIR / ".env", override=False)


def secret(name: str) -> str:
    """The value of NAME, or of the file that NAME_FILE names."""
    path = env.str(f"{name}_FILE", "")
    return Path(path).read_text().strip() if path else env.str(name, "")


def development_key() -> str:
    """A key that this checkout keeps, so that a restart logs nobody out."""
    LOCAL_DIR.mkdir(exist_ok=True)
    path = LOCAL_DIR / "secret_key"
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()
