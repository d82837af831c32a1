import type { FieldNode, GraphQLResolveInfo } from "graphql";
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
  readonly paths: { path: Path; verdict: Verdict }[];
  agree: boolean;
}

/**
 * Records what was decided for each field of an answer. Rows of a list share their field nodes
 * (graphql-js collects them once), so a list of equal verdicts costs one entry.
 */
export class AccessRecorder {
  readonly #cells = new Map<readonly FieldNode[], Cell>();

  record(fieldNodes: readonly FieldNode[], path: Path, verdict: Verdict): void {
    const cell = this.#cells.get(fieldNodes);
    if (cell === undefined) {
      this.#cells.set(fieldNodes, { only: verdict, paths: [{ path, verdict }], agree: true });
      return;
    }
    if (cell.only !== verdict) cell.agree = false;
    cell.paths.push({ path, verdict });
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
