import type { FieldDefinition } from "../classification/catalog.ts";
import type { Row } from "../database/read-request.ts";
import type { Verdict } from "../policy/verdict.ts";

/** What was decided about one field of a row. */
export interface FieldVerdict {
  readonly field: FieldDefinition;
  readonly verdict: Verdict;
}

/** Rows about which the same was decided. */
export interface RowGroup {
  readonly verdicts: readonly FieldVerdict[];
  readonly rows: readonly Row[];
}

interface Node {
  readonly parent: Node | null;
  readonly step: FieldVerdict | null;
  readonly next: Map<Verdict, Map<FieldDefinition, Node>>;
}

/**
 * Collects verdicts row by row and tells which rows had the same ones. Verdicts of a plan are few
 * objects, so a row is a path through a small tree: two look-ups for each field, and nothing is kept for
 * a row but where its path ends.
 */
export class RowVerdicts {
  readonly #root: Node = { parent: null, step: null, next: new Map() };
  readonly #ends = new Map<Row, Node>();

  record(row: Row, field: FieldDefinition, verdict: Verdict): void {
    const at = this.#ends.get(row) ?? this.#root;
    let byField = at.next.get(verdict);
    if (byField === undefined) at.next.set(verdict, (byField = new Map()));
    let node = byField.get(field);
    if (node === undefined) {
      node = { parent: at, step: { field, verdict }, next: new Map() };
      byField.set(field, node);
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
  const byField = new Map<FieldDefinition, FieldVerdict>();
  for (let node: Node | null = end; node !== null; node = node.parent) {
    if (node.step !== null) byField.set(node.step.field, node.step);
  }
  return [...byField.values()].reverse();
}
