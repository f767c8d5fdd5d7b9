/** Forms marked `data-flush` wait until everything is acknowledged: what is submitted is what is on the screen. */
import { confirm } from "../page/dialogs.ts";
import type { Saved } from "./saved.ts";

export function flushBeforeForms(saved: Saved): void {
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target as HTMLFormElement;
      if (!form.matches("[data-flush]") || form.dataset["flushed"] === "yes") {
        delete form.dataset["flushed"];
        return;
      }
      if (event.defaultPrevented) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { submitter } = event;
      void ready(saved).then((yes) => {
        if (!yes) return;
        saved.leave();
        form.dataset["flushed"] = form.dataset["confirmed"] = "yes";
        // Not in this task: a form that is still telling its listeners ignores a second submit.
        setTimeout(() => form.requestSubmit(submitter));
      });
    },
    true,
  );
}

async function ready(saved: Saved): Promise<boolean> {
  if (await saved.flush()) return true;
  const count = saved.unsaved();
  const what = count === 1 ? "One change has" : `${count} changes have`;
  return confirm(`${what} not reached the server and would not be in the submission.`, "Submit without");
}
