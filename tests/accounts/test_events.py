"""One list names what is heard of accounts, and leaves out nothing in silence."""

from __future__ import annotations

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.dispatch import Signal

from mlsd_site.accounts.events import EVENTS

# Neither told nor kept: the log-in that follows says enough, nothing was changed yet, or we do not offer such codes.
UNHEARD = {"user_signed_up", "email_confirmation_sent", "_add_email", "login_code_rejected"}
UNHEARD |= {"password_reset_code_rejected", "email_verification_code_rejected"}


def test_every_signal_of_accounts_is_heard_or_left_out_by_name() -> None:
    said = {
        (module.__name__, name): signal
        for module in (account, mfa, auth)
        for name, signal in vars(module).items()
        if isinstance(signal, Signal)
    }
    heard = [event.signal for event in EVENTS]
    assert {name for (_, name), signal in said.items() if signal not in heard} == UNHEARD


def test_each_is_heard_once_and_for_something() -> None:
    assert len({id(event.signal) for event in EVENTS}) == len(EVENTS)
    assert all(event.told or event.kept for event in EVENTS)
    told = [event.told for event in EVENTS if event.told]
    assert len(set(told)) == len(told)
