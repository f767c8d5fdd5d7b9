"""How people log in: passwords, codes and keys, how often somebody may try, and the terms that they agree to.

settings.py takes all of it. Each limit is counted in the cache; without the cache nobody logs in (mlsd_site/errors.py).
"""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

from mlsd_site.environment import env, secret

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
# Length and known words count; what kinds of characters there are does not (ASVS 6.2).
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "mlsd_site.accounts.passwords.BreachedPasswordValidator"},
    {"NAME": "mlsd_site.accounts.passwords.SiteWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "mlsd_site.accounts.adapter.AccountAdapter"
USERSESSIONS_ADAPTER = "mlsd_site.accounts.audit.UserSessionsAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "mlsd_site.accounts.forms.SignupForm"
# Where there is a mail server an address is confirmed first, and sign-up tells nobody whether it is taken.
ACCOUNT_EMAIL_VERIFICATION: str = env.str(
    "ACCOUNT_EMAIL_VERIFICATION", "mandatory" if secret("EMAIL_URL") else "optional"
)
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# Whoever changes what an account is protected by, or its addresses, proves within five minutes that it is theirs.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Between the password and the second factor.
ACCOUNT_LOGIN_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {
    # Failures: passwords by address of machine and by account, codes of the second factor by account.
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
}

# How long a log-in lasts unused, and in all (docs/security.md; mlsd_site/accounts/lifetimes.py).
SESSION_IDLE = timedelta(days=14)
SESSION_LONGEST = timedelta(days=30)
SESSION_COOKIE_AGE = int(SESSION_IDLE.total_seconds())

# -- The second factor -------------------------------------------------------------------------------------------------
MFA_ADAPTER = "mlsd_site.accounts.mfa.MFAAdapter"
MFA_FORMS = {"login_webauthn": "mlsd_site.accounts.passkeys.PasskeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Two Loops"
# One step of 30 seconds either way, for clocks that differ and people who type.
MFA_TOTP_TOLERANCE = 1
# A browser speaks WebAuthn over TLS and with localhost alone; so do we.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False

# -- Terms (docs/privacy.md) -------------------------------------------------------------------------------------------
# Where they are, and which version people agree to when they sign up.
TERMS_URL: str = env.str("TERMS_URL", "")
TERMS_VERSION: str = env.str("TERMS_VERSION", "")
# Where it says what is new in this version, if the installation says so anywhere.
TERMS_CHANGES_URL: str = env.str("TERMS_CHANGES_URL", "") or TERMS_URL
if bool(TERMS_URL) != bool(TERMS_VERSION) or (
    TERMS_URL and not (TERMS_URL.startswith("https://") and TERMS_CHANGES_URL.startswith("https://"))
):
    raise ImproperlyConfigured(
        "Set both TERMS_URL and TERMS_VERSION, or neither; TERMS_URL and TERMS_CHANGES_URL are https addresses."
    )
