/** Enter keeps the indent of the line, one step deeper after a colon. Tab stays what it is: the way out of the box. */
export function keepIndent(event: KeyboardEvent): void {
  const text = event.target as HTMLTextAreaElement;
  if (event.key !== "Enter" || event.isComposing || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
  const indent = indentAfter(text.value.slice(0, text.selectionStart));
  if (!indent) return;
  event.preventDefault();
  // The one way to insert that the browser's undo knows.
  document.execCommand("insertText", false, `\n${indent}`);
}

/** The spaces that the line after `before` begins with. */
export function indentAfter(before: string): string {
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const indent = /^ */.exec(line)![0];
  return /(:|: [|>]-?)$/.test(line) ? `${indent}  ` : indent;
}
