/** Pictures in the notes: pasted, dropped or chosen, kept by the server, named in the text, and shown below it. */
import { announce } from "../../page/announce.ts";
import { mentions, withLine } from "./mentions.ts";

/** Puts pictures into this step's notes. The panel has `data-pictures`, where they go, and `data-picture-said`. */
export function takePictures(panel: HTMLElement): void {
  const area = panel.querySelector<HTMLTextAreaElement>("textarea[data-note]");
  const said = panel.querySelector<HTMLElement>("[data-picture-said]");
  const url = panel.dataset["pictures"];
  if (!area || !said || !url) return;
  let busy = false;

  const tell = (words: string) => {
    said.textContent = words;
    if (words) announce(words);
  };
  const take = async (files: File[]) => {
    if (!files.length || busy) return;
    if (area.readOnly) return tell("The clock is not running. The picture was not put into your notes.");
    busy = true;
    for (const file of files) {
      tell("Sending the picture…");
      const answer = await send(url, file);
      tell(typeof answer === "string" ? answer : put(area, answer.markdown));
      if (typeof answer === "string") break;
    }
    busy = false;
  };
  area.addEventListener("paste", (event) => {
    // A copied table comes as text and as its picture; the text is what was meant.
    const { clipboardData } = event;
    if (!clipboardData || clipboardData.types.includes("text/plain")) return;
    const files = picturesIn(clipboardData);
    if (files.length) event.preventDefault();
    void take(files);
  });
  area.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  area.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    const files = picturesIn(event.dataTransfer);
    if (files.length) void take(files);
    else tell("This is no picture. PNG, JPEG, WebP and GIF can be put into notes.");
  });
  const chooser = panel.querySelector<HTMLInputElement>("input[type=file]");
  chooser?.addEventListener("change", () => {
    void take([...(chooser.files ?? [])]);
    chooser.value = "";
  });
}

/** Shows below a note the pictures that its text names. `folder` is the address under which this session has them. */
export function showPictures(place: HTMLElement, folder: string, text: string): void {
  const named = mentions(text);
  const key = named.map(({ id, words }) => `${id} ${words}`).join("\n");
  if ((place.dataset["shown"] ?? "") === key) return;
  place.dataset["shown"] = key;
  place.replaceChildren(
    ...named.map(({ id, words }) => {
      const link = Object.assign(document.createElement("a"), { href: `${folder}${id}/`, target: "_blank" });
      link.append(Object.assign(document.createElement("img"), { src: link.href, alt: words || "picture" }));
      return link;
    }),
  );
}

function picturesIn(data: DataTransfer): File[] {
  return [...data.files].filter((file) => file.type.startsWith("image/"));
}

function put(area: HTMLTextAreaElement, markdown: string): string {
  if (area.readOnly) return "The clock stopped meanwhile. The picture was not put into your notes.";
  const { text, cursor } = withLine(area.value, area.selectionEnd, markdown);
  if (text.length > area.maxLength) return "This note is full. The picture was not put into it.";
  area.value = text;
  area.setSelectionRange(cursor, cursor);
  area.dispatchEvent(new Event("input", { bubbles: true }));
  return "The picture stands in your notes. What you write in its brackets is read by the scorer.";
}

/** What the note is to say, or in words why the picture was not kept. */
async function send(url: string, file: File): Promise<{ markdown: string } | string> {
  const body = new FormData();
  body.set("picture", file, "picture");
  const { "X-CSRFToken": token = "" } = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}") as Record<string, string>;
  try {
    const answer = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token } });
    if (answer.ok) return (await answer.json()) as { markdown: string };
    const problem = (await answer.json().catch(() => ({}))) as { detail?: string };
    return problem.detail ?? "The server did not take this picture. It was not put into your notes.";
  } catch {
    return "No connection. The picture was not put into your notes; try again.";
  }
}
