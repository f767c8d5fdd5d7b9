"""What a browser does that a page of ours never makes it do: run what was typed, ask another site, break."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Dialog, Page, Request

# Noticed before anything of the page runs; a refusal of the policy says that something tried.
_NOTICE = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.refused.push(`${event.violatedDirective} ${event.blockedURI || "inline"} ${event.sample}`);
});
"""
_ASK = """() => [
  ...(window.ran ? ["it ran"] : []),
  ...(window.refused ?? ["nothing watched"]).map((one) => `refused: ${one}`),
  ...Object.keys(Object.prototype).map((one) => `every object has ${one}`),
  ...[...document.querySelectorAll("[href], [src], [action]")]
    .map((one) => one.getAttribute("href") ?? one.getAttribute("src") ?? one.getAttribute("action"))
    .filter((one) => /^\\s*(javascript|vbscript|data:text)/i.test(one)).map((one) => `leads to ${one}`),
]"""


@dataclass
class Watch:
    """Of one browser, from before its page is opened."""

    page: Page
    ours: str
    seen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.context.add_init_script(_NOTICE)
        self.page.context.on("request", self._request)
        self.page.context.on("page", lambda page: self.seen.append(f"a window opened: {page.url}"))
        self.page.on("dialog", self._dialog)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.seen.append(f"an error: {error}"))
        self.page.on("crash", lambda _: self.seen.append("it crashed"))

    def look(self, address: str, *, marks: str = "body") -> int:
        """Open a page, let it come to rest, and note what should not be; its status."""
        answer = self.page.goto(address)
        self.page.wait_for_selector(marks, state="attached")
        self.page.wait_for_timeout(300)
        self.rest()
        return answer.status if answer else 0

    def rest(self) -> None:
        """Note what the page that is open tells."""
        self.seen += [f"{self.page.url}: {one}" for one in self.page.evaluate(_ASK)]

    def of(self, address: str) -> set[str]:
        """What was noted of one address, without it."""
        return {one.replace(address, "") for one in self.seen if address in one}

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.ours, "blob:", "data:", "about:")):
            self.seen.append(f"asked {request.url}")

    def _dialog(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":  # of a room that has not saved everything yet
            dialog.accept()
            return
        self.seen.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        # That an address is missing is what some are opened for.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.seen.append(f"{self.page.url}: the console: {message.text[:300]}")
