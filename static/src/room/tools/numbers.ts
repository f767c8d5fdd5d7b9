/** Numbers as people write them in an estimate: "5 M", "500 B", "30 days", "70 %". Pure. */

/** What a number counts: things, bytes, days, or a share of one. */
export type Kind = "count" | "bytes" | "days" | "share";

const SCALES = named({
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mn: 1e6,
  million: 1e6,
  b: 1e9,
  bn: 1e9,
  g: 1e9,
  billion: 1e9,
  t: 1e12,
  trillion: 1e12,
});
const BYTES = named({
  b: 1,
  byte: 1,
  bytes: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  pb: 1e15,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
});
const SECONDS = named({
  ms: 1e-3,
  s: 1,
  sec: 1,
  second: 1,
  seconds: 1,
  min: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hour: 3600,
  hours: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
  week: 604_800,
  weeks: 604_800,
  month: 2_592_000,
  months: 2_592_000,
  year: 31_536_000,
  years: 31_536_000,
});
const DAY = 86_400;
/** A figure without its unit: 86,400 or 86400 or 1.5 or 2e6; no sign. */
export const FIGURE = /(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d{1,2}(?![\da-z]))?|\.\d+/iy;

/** The number in `text`, in units of its kind (bytes, days, parts of one); null where it is none. */
export function read(text: string, kind: Kind): number | null {
  const trimmed = text.trim();
  FIGURE.lastIndex = 0;
  const [figure] = FIGURE.exec(trimmed) ?? [];
  if (figure === undefined) return null;
  const unit = trimmed.slice(figure.length).trim().toLowerCase();
  const scale = scaleOf(unit, kind);
  const value = figureOf(figure) * (scale ?? Number.NaN);
  if (!Number.isFinite(value)) return null;
  if (kind !== "share" || unit) return value;
  return value > 1 ? value / 100 : value; // "70" can only mean 70 %
}

export function figureOf(figure: string): number {
  return Number(figure.replaceAll(",", ""));
}

/** What a word behind a figure multiplies it by in a free line: seconds for times, bytes for sizes. "B" is a billion. */
export function anyScale(word: string): number | null {
  const unit = word.toLowerCase();
  return unit === "%" ? 0.01 : (SCALES.get(unit) ?? SECONDS.get(unit) ?? BYTES.get(unit) ?? null);
}

function scaleOf(unit: string, kind: Kind): number | null {
  if (unit === "") return 1;
  if (kind === "share") return unit === "%" ? 0.01 : null;
  if (kind === "bytes") return BYTES.get(unit) ?? null;
  if (kind === "count") return SCALES.get(unit) ?? null;
  const seconds = SECONDS.get(unit);
  return seconds === undefined ? null : seconds / DAY;
}

/** A value with at most three significant figures: 27.8 k, 2.4 B, 0.012. */
export function say(value: number): string {
  return scaled(value, ["", " k", " M", " B", " T"]);
}

export function sayBytes(value: number): string {
  return scaled(value, [" B", " kB", " MB", " GB", " TB", " PB"]);
}

function scaled(value: number, names: string[]): string {
  const rounded = Number(value.toPrecision(3));
  if (rounded === 0) return `0${names[0]}`;
  const power = Math.floor(Math.log10(Math.abs(rounded)) / 3 + 1e-9);
  const at = Math.min(Math.max(power, 0), names.length - 1);
  const shown = Number((rounded / 1000 ** at).toPrecision(3));
  return `${shown.toLocaleString("en", { maximumSignificantDigits: 3 })}${names[at]}`;
}

/** By their names alone: an object would know "constructor" too. */
function named(units: Record<string, number>): ReadonlyMap<string, number> {
  return new Map(Object.entries(units));
}
