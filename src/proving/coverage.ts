import type { Survey } from "../policy/survey.ts";
import { nameOf, type PolicyCase } from "./policy-case.ts";

/** Decision coverage: role x purpose x category x outcome. */
export interface Coverage {
  /** How many outcomes the policy has. */
  readonly outcomes: number;
  /** Those that no case asks for, as `ROLE PURPOSE CATEGORY LEVEL`. */
  readonly missing: readonly string[];
}

/** Holds the outcomes that a policy has against those that cases expect. */
export function coverageOf({ outcomes }: Survey, cases: readonly PolicyCase[]): Coverage {
  const covered = new Set(cases.flatMap(({ covers }) => covers.map(nameOf)));
  const all = [...outcomes].flatMap(([key, levels]) =>
    [...levels].map((level) => `${key} ${level}`),
  );
  return { outcomes: all.length, missing: all.filter((name) => !covered.has(name)).sort() };
}
