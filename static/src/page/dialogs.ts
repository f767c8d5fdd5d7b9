/** Native dialogs: opened and closed by buttons, and a confirmation before a form that cannot be undone. */

export function startDialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-open]");
    if (opener) dialog(opener.dataset["open"])?.showModal();
    if (target.closest("dialog [data-close]") || target instanceof HTMLDialogElement) target.closest("dialog")?.close();
  });
  document.addEventListener("submit", askFirst, true);
}

function dialog(id: string | undefined): HTMLDialogElement | null {
  const found = id ? document.getElementById(id) : null;
  return found instanceof HTMLDialogElement ? found : null;
}

function askFirst(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const question = form.dataset["confirm"];
  // A button that only keeps what is typed (`data-plain`) undoes nothing.
  if (!question || form.dataset["confirmed"] === "yes" || event.submitter?.hasAttribute("data-plain")) {
    delete form.dataset["confirmed"];
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  const { submitter } = event;
  void confirm(question, submitter?.textContent?.trim() || "Go on").then((yes) => {
    if (!yes) return;
    form.dataset["confirmed"] = "yes";
    form.requestSubmit(submitter);
  });
}

/** Asks in a dialog; resolves to the answer. */
export function confirm(question: string, yes: string): Promise<boolean> {
  const box = document.createElement("dialog");
  box.className = "modal";
  box.innerHTML = `<form method="dialog" class="modal-box"><p></p><div class="modal-action">
    <button class="btn" value="no">Cancel</button><button class="btn btn-primary" value="yes"></button></div></form>`;
  box.querySelector("p")!.textContent = question;
  box.querySelector<HTMLButtonElement>("[value=yes]")!.textContent = yes;
  document.body.append(box);
  box.showModal();
  return new Promise((resolve) => {
    box.addEventListener("close", () => {
      box.remove();
      resolve(box.returnValue === "yes");
    });
  });
}
