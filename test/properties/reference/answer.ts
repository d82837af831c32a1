import type { AskerFacts } from "./facts.ts";

/** An answer as it came over HTTP. */
export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Response keys and indices from the root on. */
export type Path = readonly (string | number)[];

/** Expects one thing of an answer to be what the reference says. */
export function expectSame({
  asker,
  path,
  shown,
  wanted,
}: {
  asker: AskerFacts;
  path: Path;
  shown: unknown;
  wanted: unknown;
}): void {
  if (JSON.stringify(shown) === JSON.stringify(wanted)) return;
  const said = `${JSON.stringify(shown)} instead of ${JSON.stringify(wanted)}`;
  throw new Error(`${path.join(".")}: ${said}, for ${JSON.stringify(asker)}`);
}

/** Times and lists in one form. */
export function plain(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  if (Array.isArray(value)) return value.map(String).sort((a, b) => (a < b ? -1 : 1));
  const isTime = typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value);
  return isTime ? new Date(value).getTime() : value;
}
