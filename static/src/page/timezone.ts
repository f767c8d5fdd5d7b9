/** Fills `data-timezone` fields with the browser's zone, where the person has not chosen one. */
export function fillTimezone(): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const field of document.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[data-timezone]")) {
    if (!field.value) field.value = zone;
  }
}
