"""What a person hands in: a file or a text, and an address to share with."""

from __future__ import annotations

from typing import Any

from django import forms

from casebank.schema import bundle, onefile

KILOBYTES = onefile.MAX_BYTES // 1000


class Import(forms.Form):
    """A case in one file, uploaded or pasted. What is wrong inside it is no matter here: a draft may be faulty."""

    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,text/yaml"}),
    )
    text = forms.CharField(required=False, strip=False, widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        """Adds `whole`, the text of either."""
        cleaned = super().clean() or {}
        uploaded, text = cleaned.get("file"), cleaned.get("text", "")
        if uploaded is None and not text.strip():
            raise forms.ValidationError("Choose a file or paste a text.")
        cleaned["whole"] = self._read(uploaded) if uploaded is not None else text
        return cleaned

    def _read(self, uploaded: Any) -> str:
        name = uploaded.name[:80]
        if uploaded.size > onefile.MAX_BYTES:
            raise forms.ValidationError(
                f"{name} is larger than {KILOBYTES} kB, so it was not read. A case has some 50 kB."
            )
        try:
            return str(uploaded.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise forms.ValidationError(
                f"{name}, line {line}: this is not UTF-8 text, so nothing was kept. Save it as UTF-8 and try again."
            ) from error


class Archive(forms.Form):
    """Many cases in one archive."""

    file = forms.FileField(
        allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ".zip,application/zip"})
    )
    dry_run = forms.BooleanField(required=False)

    def clean_file(self) -> Any:
        """Before anything of it is read."""
        uploaded = self.cleaned_data["file"]
        if uploaded.size > bundle.BOUNDS.packed:
            most = bundle.BOUNDS.packed // 1_000_000
            raise forms.ValidationError(
                f"{uploaded.name[:80]} is larger than {most} MB, so it was not read. Bring fewer cases at once."
            )
        return uploaded


class Sharing(forms.Form):
    email = forms.EmailField(label="E-mail address", max_length=254)


class Comparison(forms.Form):
    """Two versions, by their numbers."""

    old = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    new = forms.IntegerField(min_value=1, max_value=2**31 - 1)
