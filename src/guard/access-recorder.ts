import type { FieldNode, GraphQLResolveInfo } from "graphql";
import type { Classification } from "../classification/classification.ts";
import type { FieldDefinition } from "../classification/catalog.ts";
import type { Verdict } from "../policy/verdict.ts";

type Path = GraphQLResolveInfo["path"];

/** One entry of `extensions.access.fields`: a response path below CLEAR. */
export interface AccessEntry {
  /** Response path; `*` stands for every index of a list whose rows agree. */
  readonly path: string;
  readonly disclosure: string;
  readonly reason: string | null;
  readonly rule: string;
}

interface Cell {
  /** Verdicts by path pattern are one object as long as all rows agree. */
  readonly only: Verdict;
  /** Set once rows differ: every path so far with its verdict. */
  readonly paths: { path: Path; field: FieldDefinition; verdict: Verdict }[];
  agree: boolean;
}

/**
 * Records what was decided for each field of an answer. Rows of a list share their field nodes
 * (graphql-js collects them once), so a list of equal verdicts costs one entry.
 */
export class AccessRecorder {
  readonly #cells = new Map<readonly FieldNode[], Cell>();

  record(
    fieldNodes: readonly FieldNode[],
    { path, field, verdict }: { path: Path; field: FieldDefinition; verdict: Verdict },
  ): void {
    const cell = this.#cells.get(fieldNodes);
    if (cell === undefined) {
      const paths = [{ path, field, verdict }];
      this.#cells.set(fieldNodes, { only: verdict, paths, agree: true });
      return;
    }
    if (cell.only !== verdict) cell.agree = false;
    cell.paths.push({ path, field, verdict });
  }

  /** Takes the clear values of some classes out of an answer whose decisions could not be put on record. */
  withhold({ data, classes }: { data: unknown; classes: readonly Classification[] }): void {
    for (const [fieldNodes, cell] of this.#cells) {
      const paths = cell.paths.map((one) => {
        const isClear = one.verdict.disclosure === "CLEAR";
        if (!isClear || !classes.includes(one.field.classification)) return one;
        takeAway(data, one.path);
        return { ...one, verdict: WITHHELD };
      });
      const [first] = paths;
      if (first === undefined) continue;
      const agree = paths.every(({ verdict }) => verdict === first.verdict);
      this.#cells.set(fieldNodes, { only: first.verdict, paths, agree });
    }
  }

  /** All entries below CLEAR, in the order of their paths. */
  entries(): AccessEntry[] {
    const entries: AccessEntry[] = [];
    for (const cell of this.#cells.values()) {
      if (cell.agree && cell.only.disclosure !== "CLEAR") {
        for (const path of patternsOf(cell)) entries.push(entryOf(path, cell.only));
      } else if (!cell.agree) {
        for (const { path, verdict } of cell.paths) {
          if (verdict.disclosure !== "CLEAR") entries.push(entryOf(textOf(path, false), verdict));
        }
      }
    }
    return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}

/** The verdict on a value that would have been given if that could have been put on record. */
const WITHHELD: Verdict = {
  disclosure: "NONE",
  reason: "LOG_UNAVAILABLE",
  rule: "decision-log",
};

/** Guarded fields are nullable, so null may always stand in the place of one. */
function takeAway(data: unknown, path: Path): void {
  const { prev, key } = path;
  const holder = prev === undefined ? data : valueAt(data, prev);
  if (typeof holder === "object" && holder !== null) Reflect.set(holder, key, null);
}

function valueAt(data: unknown, { prev, key }: Path): unknown {
  const holder = prev === undefined ? data : valueAt(data, prev);
  return typeof holder === "object" && holder !== null ? Reflect.get(holder, key) : undefined;
}

/** A fragment used in two places has the same nodes at two paths. */
function patternsOf(cell: Cell): Set<string> {
  return new Set(cell.paths.map(({ path }) => textOf(path, true)));
}

function textOf(path: Path, anyIndex: boolean): string {
  const keys: string[] = [];
  for (let at: Path | undefined = path; at !== undefined; at = at.prev) {
    keys.push(typeof at.key === "number" && anyIndex ? "*" : String(at.key));
  }
  return keys.reverse().join(".");
}

function entryOf(path: string, verdict: Verdict): AccessEntry {
  return { path, disclosure: verdict.disclosure, reason: verdict.reason, rule: verdict.rule };
}
