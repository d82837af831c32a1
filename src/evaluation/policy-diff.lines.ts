import {
  directionOf,
  type FieldChange,
  type PairChanges,
  type RowChange,
  type VerbChange,
} from "../policy/diff.ts";
import { fieldSentence, rowSentence, verbSentence } from "../policy/diff-text.ts";
import type { LedgerOfAuditor } from "./policy-diff.counts.ts";
import type { ChangedRowsCount, PolicyChange } from "./policy-diff.types.ts";

/** One change of any kind. */
export type AnyChange =
  | { readonly kind: "FIELDS"; readonly of: FieldChange }
  | { readonly kind: "ROWS"; readonly of: RowChange }
  | { readonly kind: "VERB"; readonly of: VerbChange };

/** A change with the role and purpose to which it belongs. */
export interface PairedChange {
  readonly pair: PairChanges;
  readonly change: AnyChange;
}

/** The changes of a pair in the order in which they are told. */
export function pairedChanges(pair: PairChanges, withReasons: boolean): PairedChange[] {
  const fields = pair.fields.filter(({ from, to }) => withReasons || from !== to);
  const changes: AnyChange[] = [
    ...pair.rows.map((of) => ({ kind: "ROWS", of }) as const),
    ...fields.map((of) => ({ kind: "FIELDS", of }) as const),
    ...pair.verbs.map((of) => ({ kind: "VERB", of }) as const),
  ];
  return changes.map((change) => ({ pair, change }));
}

/** A change as the API tells it, with its rows on each ledger. */
export function changesInWords(
  change: AnyChange,
  ledgers: readonly LedgerOfAuditor[],
): PolicyChange {
  const { role, purpose, type, situations } = change.of;
  const about = { kind: change.kind, role, purpose, type, situations: [...situations] };
  switch (change.kind) {
    case "FIELDS": {
      const { category, fields, from, to, reasonsBefore, reasonsAfter, rules } = change.of;
      const rows = rowsOf(change.of, ledgers);
      return {
        ...about,
        ...NOTHING,
        direction: directionOf(change.of),
        category,
        fields: [...fields],
        from,
        to,
        reasonsBefore: [...reasonsBefore],
        reasonsAfter: [...reasonsAfter],
        rules: [...rules],
        rows,
        text: fieldSentence(change.of, inWords(rows)),
      };
    }
    case "ROWS": {
      const rows = rowsOf(change.of, ledgers);
      const direction = change.of.isGained ? "WIDER" : "NARROWER";
      return { ...about, ...NOTHING, direction, rows, text: rowSentence(change.of, inWords(rows)) };
    }
    case "VERB": {
      const { verb, fields, isGained } = change.of;
      const direction = isGained ? "WIDER" : "NARROWER";
      const text = verbSentence(change.of);
      return { ...about, ...NOTHING, direction, verb, fields: [...fields], text };
    }
  }
}

const NOTHING = {
  category: null,
  fields: [],
  from: null,
  to: null,
  reasonsBefore: [],
  reasonsAfter: [],
  rules: [],
  verb: null,
  rows: [],
};

function rowsOf(
  change: FieldChange | RowChange,
  ledgers: readonly LedgerOfAuditor[],
): ChangedRowsCount[] {
  return ledgers.flatMap(({ id, code, counts }) => {
    const rows = counts.of(change, id);
    if (rows === undefined) return [];
    return {
      organisation: code,
      count: rows.others,
      ifTheirs: rows.theirs ?? null,
      asksWhose: rows.theirs !== undefined,
      isUpperBound: rows.areBounds,
    };
  });
}

function inWords(rows: readonly ChangedRowsCount[]): string {
  if (rows.length === 0) return "";
  const each = rows.map(({ organisation, count, ifTheirs, asksWhose, isUpperBound }) => {
    const most = isUpperBound ? "at most " : "";
    const theirs =
      asksWhose && ifTheirs !== count ? `, ${most}${numberOf(ifTheirs)} if theirs` : "";
    return `${most}${numberOf(count)}${theirs} rows of ${organisation}`;
  });
  return ` on ${each.join(", ")}`;
}

function numberOf(count: number | null): string {
  return count === null ? "too few" : count.toLocaleString("en");
}
