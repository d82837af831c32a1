import type { FieldDefinition } from "../classification/catalog.ts";
import type { Row } from "../database/read-request.ts";
import type { Verdict } from "../policy/verdict.ts";

/** What was decided about one field of a row. */
export interface FieldVerdict {
  readonly field: FieldDefinition;
  readonly verdict: Verdict;
}

/**
 * What was decided about the fields that were asked for together. Rows about which the same was decided
 * have one and the same list.
 */
export type DecidedFields = readonly FieldVerdict[];

/** Rows about which the same was decided. */
export interface RowGroup {
  readonly verdicts: readonly FieldVerdict[];
  readonly rows: readonly Row[];
}

interface Node {
  readonly parent: Node | null;
  readonly step: DecidedFields | null;
  readonly next: Map<DecidedFields, Node>;
}

/**
 * Collects verdicts row by row and tells which rows had the same ones. What was decided together is one
 * object for all rows that are alike, so a row is a path through a small tree, mostly of one step: nothing
 * is kept for a row but where its path ends.
 */
export class RowVerdicts {
  readonly #root: Node = { parent: null, step: null, next: new Map() };
  readonly #ends = new Map<Row, Node>();

  record(row: Row, decided: DecidedFields): void {
    const at = this.#ends.get(row) ?? this.#root;
    if (isOnPath(at, decided)) return;
    let node = at.next.get(decided);
    if (node === undefined) {
      node = { parent: at, step: decided, next: new Map() };
      at.next.set(decided, node);
    }
    this.#ends.set(row, node);
  }

  /** Groups of rows with equal verdicts, in the order in which they were first read. */
  groups(): RowGroup[] {
    const rowsOf = new Map<Node, Row[]>();
    for (const [row, node] of this.#ends) {
      const rows = rowsOf.get(node);
      if (rows === undefined) rowsOf.set(node, [row]);
      else rows.push(row);
    }
    return merged([...rowsOf].map(([node, rows]) => ({ verdicts: verdictsTo(node), rows })));
  }
}

/** A row that was reached by several ways is decided once for all of them. */
function isOnPath(end: Node, decided: DecidedFields): boolean {
  for (let node: Node | null = end; node !== null; node = node.parent)
    if (node.step === decided) return true;
  return false;
}

/** The same verdicts in another order, as through two fragments, are the same. */
function merged(groups: readonly { verdicts: FieldVerdict[]; rows: Row[] }[]): RowGroup[] {
  if (groups.length < 2) return [...groups];
  const numbers = new Map<Verdict, number>();
  const bySet = new Map<string, { verdicts: FieldVerdict[]; rows: Row[] }>();
  for (const group of groups) {
    const words = group.verdicts.map(({ field, verdict }) => {
      const number = numbers.get(verdict) ?? numbers.size;
      numbers.set(verdict, number);
      return `${field.type}.${field.name} ${number}`;
    });
    const key = words.sort().join();
    const known = bySet.get(key);
    if (known === undefined) bySet.set(key, group);
    else known.rows.push(...group.rows);
  }
  return [...bySet.values()];
}

/** A field that was asked for twice was decided once. */
function verdictsTo(end: Node): FieldVerdict[] {
  const steps: DecidedFields[] = [];
  for (let node: Node | null = end; node !== null; node = node.parent)
    if (node.step !== null) steps.push(node.step);
  const byField = new Map<FieldDefinition, FieldVerdict>();
  for (const decided of steps.reverse())
    for (const one of decided) if (!byField.has(one.field)) byField.set(one.field, one);
  return [...byField.values()];
}
