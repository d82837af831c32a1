import type { Classification } from "../classification/classification.ts";
import type { ResponsePath } from "../execution/response-path.ts";
import type { Verdict } from "../policy/verdict.ts";
import type { Outcome, SelectedField } from "./bound-rows.ts";
import { pathsTogether } from "./paths-together.ts";

/** One entry of `extensions.access.fields`: a response path below CLEAR. */
export interface AccessEntry {
  /**
   * Response path. `*` stands for every index of a list whose rows agree; where they don't, the rows that
   * do are told together, such as `customers.nodes.0-3,7.phone`.
   */
  readonly path: string;
  readonly disclosure: string;
  readonly reason: string | null;
  readonly rule: string;
}

type Verdicts = Outcome["verdicts"];

/** A row of the answer, and what was decided about it. */
interface ReadRow {
  readonly path: ResponsePath | undefined;
  /** Where the row stands in the answer. */
  readonly out: Record<string, unknown>;
  verdicts: Verdicts;
}

/** What was read at one place of a document. */
export class SelectionReads {
  readonly fields: readonly SelectedField[];
  readonly rows: ReadRow[] = [];

  constructor(fields: readonly SelectedField[]) {
    this.fields = fields;
  }

  add(row: ReadRow): void {
    this.rows.push(row);
  }
}

/**
 * Records what was decided for each field of an answer. Rows of a list share what was decided as long
 * as it is the same, so a list of equal verdicts costs one entry.
 */
export class AccessRecorder {
  readonly #places: SelectionReads[] = [];

  /** Begins to record one place of the document. */
  placeOf(fields: readonly SelectedField[]): SelectionReads {
    const reads = new SelectionReads(fields);
    this.#places.push(reads);
    return reads;
  }

  /** Takes the clear values of some classes out of an answer whose decisions could not be put on record. */
  withhold(classes: readonly Classification[]): void {
    for (const { fields, rows } of this.#places) {
      const withheld = new Map<Verdicts, Verdicts>();
      for (const row of rows) {
        const { verdicts, out } = row;
        fields.forEach(({ key, field }, at) => {
          // Guarded fields are nullable, so null may always stand in the place of one.
          if (field !== null && isClearIn(classes, field, verdicts[at])) out[key] = null;
        });
        let replaced = withheld.get(verdicts);
        if (replaced === undefined) {
          replaced = verdicts.map((verdict, at) =>
            isClearIn(classes, fields[at]?.field ?? null, verdict) ? WITHHELD : verdict,
          );
          withheld.set(verdicts, replaced);
        }
        row.verdicts = replaced;
      }
    }
  }

  /** All entries below CLEAR, in the order of their paths. */
  entries(): AccessEntry[] {
    const entries = this.#places.flatMap(entriesOf);
    return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}

/** The verdict on a value that would have been given if that could have been put on record. */
const WITHHELD: Verdict = {
  disclosure: "NONE",
  reason: "LOG_UNAVAILABLE",
  rule: "decision-log",
};

function isClearIn(
  classes: readonly Classification[],
  field: SelectedField["field"],
  verdict: Verdict | null | undefined,
): boolean {
  return (
    verdict?.disclosure === "CLEAR" && field !== null && classes.includes(field.classification)
  );
}

function entriesOf({ fields, rows }: SelectionReads): AccessEntry[] {
  const kinds = rowsOfKinds(rows);
  const [first] = kinds;
  if (first === undefined) return [];
  const pathsOf = pathsOfKinds(kinds);
  return fields.flatMap(({ key, pattern }, at): AccessEntry[] => {
    const verdict = first.verdicts[at];
    if (verdict == null) return [];
    if (kinds.every(({ verdicts }) => verdicts[at] === verdict))
      return verdict.disclosure === "CLEAR" ? [] : [entryOf(pattern, verdict)];
    return entriesApart(kinds, { key, at, pathsOf });
  });
}

/** Rows about which the same was decided throughout. */
interface RowsOfKind {
  readonly verdicts: Verdicts;
  readonly paths: (ResponsePath | undefined)[];
}

function rowsOfKinds(rows: readonly ReadRow[]): RowsOfKind[] {
  const kinds = new Map<Verdicts, RowsOfKind>();
  for (const { verdicts, path } of rows) {
    const known = kinds.get(verdicts);
    if (known === undefined) kinds.set(verdicts, { verdicts, paths: [path] });
    else known.paths.push(path);
  }
  return [...kinds.values()];
}

/** Texts of the paths of some kinds of rows, together. Most fields tell the same kinds apart. */
type PathsOf = (kinds: readonly number[]) => readonly string[];

function pathsOfKinds(kinds: readonly RowsOfKind[]): PathsOf {
  const known = new Map<string, readonly string[]>();
  return (numbers) => {
    const key = numbers.join();
    let paths = known.get(key);
    if (paths === undefined) {
      paths = pathsTogether(numbers.flatMap((number) => kinds[number]?.paths ?? []));
      known.set(key, paths);
    }
    return paths;
  };
}

/** A field of which not all rows got the same: one entry for those of a list that did. */
function entriesApart(
  kinds: readonly RowsOfKind[],
  { key, at, pathsOf }: { key: string; at: number; pathsOf: PathsOf },
): AccessEntry[] {
  const alike = new Map<Verdict, number[]>();
  for (const [number, { verdicts }] of kinds.entries()) {
    const verdict = verdicts[at];
    if (verdict == null || verdict.disclosure === "CLEAR") continue;
    const known = alike.get(verdict);
    if (known === undefined) alike.set(verdict, [number]);
    else known.push(number);
  }
  return [...alike].flatMap(([verdict, numbers]) =>
    pathsOf(numbers).map((path) => entryOf(path === "" ? key : `${path}.${key}`, verdict)),
  );
}

function entryOf(path: string, { disclosure, reason, rule }: Verdict): AccessEntry {
  return { path, disclosure, reason, rule };
}
