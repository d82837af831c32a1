import { type Config, SETTINGS, type SettingName } from "./config.ts";
import { namesOf, type Setting } from "./setting.ts";

/** One line of `custodia config`. */
export interface SettingLine {
  readonly env: string;
  readonly value: string;
  readonly source: string;
  readonly unit: string;
  readonly doc: string;
}

/** Every setting in words, in the order of their declaration; of secrets only whether they are set. */
export function describeConfig(config: Config): SettingLine[] {
  return Object.entries<Setting<unknown>>(SETTINGS).map(([name, record]) => ({
    env: namesOf(record).join(" / "),
    value: inWords(config[name as SettingName], record.secret === true),
    source: config.sources[name as SettingName],
    unit: record.unit ?? "",
    doc: record.doc,
  }));
}

function inWords(value: unknown, isSecret: boolean): string {
  if (value === null) return "not set";
  if (isSecret) return "set";
  return typeof value === "string" ? value : JSON.stringify(value);
}
