import { readFileSync } from "node:fs";
import type { SettingShape } from "./setting-shapes.ts";

/** One setting, declared once and read by everything: loading, `custodia config`, documents, tests. */
export interface Setting<T> {
  readonly doc: string;
  /** Unit of a number. */
  readonly unit?: string;
  /** Environment name; of several, the first that is set counts. */
  readonly env: string | readonly string[];
  /** The value when nothing is set. */
  readonly default: T;
  readonly schema: SettingShape<T & {}>;
  /** A secret is never printed, and may also come from the file that `<NAME>_FILE` names. */
  readonly secret?: true;
}

/** Environment variables, or what a test puts in their place. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a setting came to: its value, and the environment name that gave it, or `default`. */
export interface Settled<T> {
  readonly value: T;
  readonly source: string;
  readonly fault?: string;
}

/** Declares a setting, so that the types of `default` and `schema` are held together. */
export function setting<T>(record: Setting<T>): Setting<T> {
  return record;
}

/** The environment names that a setting listens to, in order of precedence. */
export function namesOf(record: Setting<unknown>): readonly string[] {
  const names = typeof record.env === "string" ? [record.env] : record.env;
  return record.secret === true ? names.flatMap((name) => [name, `${name}_FILE`]) : names;
}

/** Reads one setting. An empty variable counts as one that is not set. */
export function settle<T>(record: Setting<T>, env: Environment): Settled<T> {
  const source = namesOf(record).find((name) => (env[name] ?? "") !== "");
  if (source === undefined) return { value: record.default, source: "default" };
  const faulty = (fault: string) => ({
    value: record.default,
    source,
    fault: `${source}: ${fault}`,
  });

  const text = textOf({ record, source, given: env[source] ?? "" });
  if (text === null) return faulty("names a file that cannot be read");
  const result = record.schema.safeParse(text);
  if (result.success) return { value: result.data, source };
  return faulty(
    result.error.issues
      .map(({ path, message }) => [path.join("."), message].filter(Boolean).join(" "))
      .join("; "),
  );
}

/** The variable's own text, or for `<NAME>_FILE` the file's without the line end that editors add. */
function textOf(from: { record: Setting<unknown>; source: string; given: string }): string | null {
  const isFile = from.record.secret === true && from.source.endsWith("_FILE");
  if (!isFile) return from.given;
  try {
    return readFileSync(from.given, "utf8").replace(/\r?\n$/, "");
  } catch {
    return null;
  }
}
