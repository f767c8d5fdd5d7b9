/**
 * Forms with `data-draft`: htmx saves them as one types and puts the server's answer in `data-draft-state`. This says
 * what happens meanwhile, tries again when there was no answer, keeps in the tab what is not acknowledged, and sends it
 * once more when the page is left. Without this the form has a button that saves.
 */
import { announce } from "./announce.ts";

const AGAIN = 3_000;
const SAVING = "Saving…";
type Fields = Record<string, string>;
/** What a tab keeps of a form: its fields, and the number of the save that they were typed on. */
export type Kept = { base: string; fields: Fields };

export function startDrafts(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft]")) start(form);
}

function start(form: HTMLFormElement): void {
  const key = `draft:${form.getAttribute("hx-post")}`;
  let saved = words(form);
  let sent = saved;
  let busy = false;
  let waiting: HTMLElement | null = null;
  const dirty = () => words(form) !== saved;
  const say = (text: string, tone: string) => {
    const chip = form.querySelector<HTMLElement>("[data-save-state]");
    if (!chip) return;
    chip.textContent = text;
    chip.dataset["tone"] = tone;
    chip.dataset["saveState"] = "not";
  };
  const failed = (text: string) => {
    say(text, "warn");
    announce(`${text}. Your text is still in the form.`);
    setTimeout(() => form.dispatchEvent(new Event("retry")), AGAIN);
  };

  form.addEventListener("input", () => {
    say("Not saved yet", "busy");
    keep(key, { base: base(form)?.value ?? "", fields: fields(form) });
  });
  form.addEventListener("htmx:beforeRequest", () => {
    sent = words(form);
    busy = true;
    say(SAVING, "busy");
  });
  form.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event as CustomEvent<{ xhr: XMLHttpRequest; shouldSwap: boolean }>;
    const elsewhere = new URL(detail.xhr.responseURL).pathname !== form.getAttribute("hx-post");
    if (elsewhere || detail.xhr.status >= 500 || detail.xhr.status === 429) detail.shouldSwap = false;
    if (elsewhere) failed("Not saved: you are logged out");
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
    busy = false;
    if (xhr.status === 0) failed("Not saved: no connection");
    else if (xhr.status >= 500 || xhr.status === 429) failed("Not saved: the server is busy");
    else if (xhr.status === 200 && form.querySelector("[data-save-state=saved]")) {
      saved = sent;
      if (!dirty()) forget(key);
    } else if (xhr.status >= 400) say("Not saved", "warn"); // Where a conflict stands, there is no chip to say it in.
    if (waiting) {
      // The answer has put a new one in the place of a button that stood in it.
      const button = waiting.isConnected ? waiting : form.querySelector<HTMLElement>("[data-draft-over]");
      waiting = null;
      if (button) {
        form.dataset["confirmed"] = "yes"; // it was asked before it had to wait
        form.requestSubmit(button);
      }
    }
  });
  // A save that is under way decides which save a sending stands on.
  form.addEventListener("submit", (event) => {
    if (busy) {
      event.preventDefault();
      waiting = event.submitter;
    } else if (!event.defaultPrevented) {
      // Kept in the tab all the same: the request may fail. Where it does not, the next page has the same words in its
      // form, or no such form, and what was kept is not put back.
      saved = words(form);
    }
  });
  form.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-draft-drop]")) {
      saved = words(form);
      forget(key);
    }
  });
  window.addEventListener("pagehide", () => {
    if (dirty()) navigator.sendBeacon(form.getAttribute("hx-post") ?? "", new FormData(form));
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  const kept = recall(key);
  if (!kept || !form.querySelector("[data-save-state]") || !differs(kept.fields, fields(form))) return forget(key);
  const field = base(form);
  if (field) field.value = kept.base;
  fill(form, kept.fields);
  say("Not saved yet", "busy");
  // htmx starts on the same event; it must have seen the form before it can be asked to save.
  setTimeout(() => form.dispatchEvent(new Event("retry")), 0);
}

function base(form: HTMLFormElement): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>("input[name=version]");
}

/** What a person types or chooses; not what the page carries along. */
function fields(form: HTMLFormElement): Fields {
  const found: Fields = {};
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
    "textarea, select, input[type=radio]:checked, input[type=checkbox]:checked",
  )) {
    if (field.value) found[field.name] = field.value;
  }
  return found;
}

function words(form: HTMLFormElement): string {
  return JSON.stringify(fields(form));
}

function fill(form: HTMLFormElement, values: Fields): void {
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
    "textarea, select, input[type=radio], input[type=checkbox]",
  )) {
    if (field instanceof HTMLInputElement) field.checked = values[field.name] === field.value;
    else field.value = values[field.name] ?? "";
  }
}

/** Whether what was kept says anything else than what is there. */
export function differs(kept: Fields, there: Fields): boolean {
  const names = new Set([...Object.keys(kept), ...Object.keys(there)]);
  return [...names].some((name) => (kept[name] ?? "") !== (there[name] ?? ""));
}

function keep(key: string, kept: Kept): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // Storage is switched off or full: the server's draft is all there is.
  }
}

function forget(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept either.
  }
}

function recall(key: string): Kept | null {
  try {
    return parsed(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

/** What a tab kept; null where that is nothing of ours. */
export function parsed(text: string | null): Kept | null {
  if (!text) return null;
  try {
    const found = JSON.parse(text) as Partial<Kept> | null;
    return typeof found?.base === "string" && typeof found.fields === "object" && found.fields ? (found as Kept) : null;
  } catch {
    return null;
  }
}
