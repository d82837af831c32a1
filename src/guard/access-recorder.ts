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
  const kinds = [...new Set(rows.map(({ verdicts }) => verdicts))];
  const [first] = kinds;
  if (first === undefined) return [];
  const differing = kinds.length === 1 ? [] : rowsOfKinds(rows);
  return fields.flatMap(({ key, pattern }, at): AccessEntry[] => {
    const verdict = first[at];
    if (verdict == null) return [];
    if (kinds.some((verdicts) => verdicts[at] !== verdict))
      return entriesApart(differing, { key, at });
    return verdict.disclosure === "CLEAR" ? [] : [entryOf(pattern, verdict)];
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

/** A field of which not all rows got the same: one entry for those of a list that did. */
function entriesApart(
  kinds: readonly RowsOfKind[],
  { key, at }: { key: string; at: number },
): AccessEntry[] {
  const alike = new Map<Verdict, (ResponsePath | undefined)[]>();
  for (const { verdicts, paths } of kinds) {
    const verdict = verdicts[at];
    if (verdict == null || verdict.disclosure === "CLEAR") continue;
    const known = alike.get(verdict);
    if (known === undefined) alike.set(verdict, [...paths]);
    else for (const path of paths) known.push(path);
  }
  return [...alike].flatMap(([verdict, paths]) =>
    pathsTogether(paths).map((path) => entryOf(path === "" ? key : `${path}.${key}`, verdict)),
  );
}

function entryOf(path: string, { disclosure, reason, rule }: Verdict): AccessEntry {
  return { path, disclosure, reason, rule };
}
