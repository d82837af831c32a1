import { LRUCache } from "lru-cache";
import { faultyColumns } from "./column-checks.ts";
import { type DecidedColumns, decidedColumns } from "./decision-columns.ts";
import {
  type DecidedText,
  decidedText,
  type DecisionRecord,
  type RecordedVerdict,
} from "./decision-record.ts";

/** All of a record that says what was decided. */
type Said = Pick<DecisionRecord, "action" | "type" | "verdicts" | "refusal">;

/** What was decided, as it is written; columns that could not be stored are null. */
export interface KnownVerdicts {
  readonly text: DecidedText;
  readonly columns: DecidedColumns | null;
}

/** A policy makes a few hundred sets of verdicts; those that look alike at first sight are kept together. */
const MOST_LOOKS = 500;
const MOST_OF_A_LOOK = 12;
const known = new LRUCache<string, (KnownVerdicts & { readonly said: Said })[]>({
  max: MOST_LOOKS,
});

/**
 * Text and columns of what was decided, made once for what is the same in every word: to compare words,
 * which are few objects that all verdicts share, takes a small part of the time of writing them.
 */
export function knownVerdicts(record: DecisionRecord): KnownVerdicts {
  const look = lookOf(record);
  let alike = known.get(look);
  if (alike === undefined) known.set(look, (alike = []));
  const found = alike.find(({ said }) => isSaidAlike(said, record));
  if (found !== undefined) return found;
  const { action, type, verdicts, refusal } = record;
  const said = { action, type, verdicts, refusal };
  const columns = decidedColumns(said);
  const isStorable = faultyColumns(columns).length === 0;
  const made = { said, text: decidedText(said), columns: isStorable ? columns : null };
  if (alike.push(made) > MOST_OF_A_LOOK) alike.shift();
  return made;
}

function lookOf({ type, verdicts }: Said): string {
  const last = verdicts.at(-1);
  return `${type} ${verdicts.length} ${last?.disclosure} ${last?.fields.length} ${last?.rule}`;
}

function isSaidAlike(one: Said, other: Said): boolean {
  return (
    one.action === other.action &&
    one.type === other.type &&
    one.refusal === other.refusal &&
    one.verdicts.length === other.verdicts.length &&
    one.verdicts.every((verdict, at) =>
      isVerdictAlike(verdict, other.verdicts[at] as RecordedVerdict),
    )
  );
}

function isVerdictAlike(one: RecordedVerdict, other: RecordedVerdict): boolean {
  return (
    one.rule === other.rule &&
    one.disclosure === other.disclosure &&
    one.reason === other.reason &&
    one.stage === other.stage &&
    areSameWords(one.fields, other.fields) &&
    areSameWords(one.under, other.under)
  );
}

function areSameWords(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((word, at) => word === others[at]);
}
