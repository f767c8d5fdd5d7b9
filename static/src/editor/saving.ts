/**
 * Saying whether the text is saved. htmx sends it a second after the last key and puts the server's answer beside the
 * box; this says what happens meanwhile, tries again when there was no answer, and holds who leaves too early.
 */
import { announce } from "../page/announce.ts";

const AGAIN = 3_000;
const SAVING = "Saving…";

export function startSaving(form: HTMLFormElement, text: HTMLTextAreaElement, checked: () => void): void {
  let saved = text.value;
  let sent = saved;
  let leaving = false;
  const say = (words: string, tone: string) => {
    const chip = form.querySelector<HTMLElement>("[data-save-state]");
    if (!chip) return;
    chip.textContent = words;
    chip.dataset["tone"] = tone;
    chip.dataset["saveState"] = "not";
  };
  const failed = (words: string) => {
    say(words, "warn");
    announce(`${words}. Your text is still in the box.`);
  };
  const again = (words: string) => {
    failed(words);
    setTimeout(() => form.dispatchEvent(new Event("retry")), AGAIN);
  };

  text.addEventListener("input", () => say("Not saved yet", "busy"));
  form.addEventListener("htmx:beforeRequest", () => {
    sent = text.value;
    say(SAVING, "busy");
  });
  form.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event as CustomEvent<{ xhr: XMLHttpRequest; shouldSwap: boolean }>;
    if (detail.xhr.status >= 500) detail.shouldSwap = false; // it is tried again; one message for each try is too many
    // A log-out in another window sends the save to the log-in page, which does not belong beside the box.
    if (new URL(detail.xhr.responseURL).pathname === new URL(form.action).pathname) return;
    detail.shouldSwap = false;
    failed("Not saved: you are logged out");
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
    if (xhr.status === 0) return again("Not saved: no connection");
    if (xhr.status >= 500 || xhr.status === 429) return again("Not saved: the server is busy");
    checked();
    if (xhr.status === 200 && form.querySelector("[data-save-state=saved]")) saved = sent;
    if (text.value !== sent) say("Not saved yet", "busy");
    else if (form.querySelector("[data-save-state]")?.textContent === SAVING) failed("Not saved");
  });
  form.addEventListener("submit", () => (leaving = true));
  window.addEventListener("pageshow", () => (leaving = false));
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && text.value !== saved) event.preventDefault();
  });
}
