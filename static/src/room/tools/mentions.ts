/** How a note names its pictures: ![words](note:id). Pure; interviews/rules/pictures.py says the same. */

const MENTION = /!\[([^\]\n]{0,300})\]\(note:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\)/g;

export interface Mention {
  id: string;
  words: string;
}

/** The pictures that a text names, in their order, each once. */
export function mentions(text: string): Mention[] {
  const found = new Map<string, Mention>();
  for (const [, words, id] of text.matchAll(MENTION)) {
    if (!found.has(id!)) found.set(id!, { id: id!, words: words! });
  }
  return [...found.values()];
}

/** `text` with a paragraph of its own put in at `at`, and where the cursor is after it. */
export function withLine(text: string, at: number, line: string): { text: string; cursor: number } {
  const [before, after] = [text.slice(0, at), text.slice(at)];
  // A line right below a table or a list would be read as part of it.
  const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const put = `${gap}${line}\n`;
  return { text: before + put + (after.startsWith("\n") ? after.slice(1) : after), cursor: at + put.length };
}
