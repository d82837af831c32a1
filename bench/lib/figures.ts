/** A figure as people read it: three digits that mean something, thousands with commas. */
export function inDigits(value: number): string {
  if (!Number.isFinite(value)) return "—";
  const size = Math.abs(value);
  if (size >= 99.95) return Math.round(value).toLocaleString("en-US");
  if (size >= 9.995) return value.toFixed(1);
  return value.toFixed(2);
}

/** Milliseconds. */
export function inMilliseconds(value: number): string {
  return Number.isFinite(value) ? `${inDigits(value)} ms` : "—";
}

/** Bytes with the unit that keeps them short. */
export function inBytes(value: number): string {
  if (!Number.isFinite(value)) return "—";
  const units = ["B", "kB", "MB", "GB"];
  let size = value;
  let at = 0;
  while (Math.abs(size) >= 1_000 && at < units.length - 1) {
    size /= 1_000;
    at += 1;
  }
  return `${inDigits(size)} ${units[at] ?? ""}`;
}

/** A spread such as `1,200 (1,150–1,230)`. */
export function withSpread(summary: {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}): string {
  const { median, least, most } = summary;
  if (!Number.isFinite(median)) return "—";
  return `${inDigits(median)} (${inDigits(least)}–${inDigits(most)})`;
}
