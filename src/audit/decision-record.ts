import type { Classification } from "../classification/classification.ts";
import type { Disclosure } from "../classification/disclosure.ts";

/** What a record is about: reading, asking by a field, a row or a request that was refused, a verb, a question. */
export type RecordedAction =
  | "READ"
  | "FILTER"
  | "SORT"
  | "GROUP"
  | "ROW"
  | "REQUEST"
  | "VERB"
  | "EVALUATE";

/** What was decided alike about some fields. */
export interface RecordedVerdict {
  /** Names of fields of the type, sorted; empty where it was about the row or the request. */
  readonly fields: readonly string[];
  readonly disclosure: Disclosure;
  /** Null at CLEAR. */
  readonly reason: string | null;
  readonly rule: string;
  /** Where the deciding stop stands; null for what gives, and where no rule spoke. */
  readonly stage: string | null;
  /** Elevations (ids) and disclosure cases (codes) by which the rule held. */
  readonly under: readonly string[];
}

/** Who asked, as far as a record says it; the rest lies under `state`. */
export interface RecordedCaller {
  /** Principal (UUID); null for who has none. */
  readonly id: string | null;
  readonly organisationId: string | null;
  readonly roles: readonly string[];
  readonly caseCodes: readonly string[];
  readonly tokenId: string | null;
  /** Digest of everything that rules read of the caller, see `callerState`. */
  readonly state: string;
}

/** The rows that a record covers, column by column; columns are as long as there are rows, or empty. */
export interface RecordedRows {
  readonly count: number;
  /** Ids of the rows, where they are no customers. */
  readonly ids: readonly string[];
  /** References of the customers, or of those to whom the rows belong. */
  readonly customers: readonly string[];
  /** Which state of the customer's attributes it was decided by. */
  readonly circumstances: readonly string[];
  /** What was loaded of the rows' own attributes, where they are no customers. */
  readonly own: readonly (Readonly<Record<string, unknown>> | null)[];
}

/**
 * One record of the decision log: who, why, about whom, and what came of it. Names, ids, references and
 * codes, and never a value (ASVS 5.0 16.2.5, domain 1 section 6).
 */
export interface DecisionRecord {
  /** Version of this form. */
  readonly v: 1;
  /** UUIDv7. */
  readonly id: string;
  /** Time of the request (UTC, milliseconds). */
  readonly at: string;
  readonly request: string;
  /** Name of the operation, where it has one, and the first 32 characters of its SHA-256. */
  readonly operation: { readonly name: string | null; readonly digest: string | null };
  readonly action: RecordedAction;
  /** Guarded type; null where it was about none. */
  readonly type: string | null;
  readonly caller: RecordedCaller;
  readonly purpose: string | null;
  readonly policyVersion: string;
  readonly lawPack: string | null;
  /** Organisations that may be told of it, sorted: the caller's, and those that answer for the rows. */
  readonly concerned: readonly string[];
  /** Transfers of which the rows are part, sorted. */
  readonly transfers: readonly string[];
  readonly verdicts: readonly RecordedVerdict[];
  readonly rows: RecordedRows;
  /** Highest class of what was given in clear; null where nothing above PUBLIC was. */
  readonly clear: Exclude<Classification, "PUBLIC"> | null;
  /** Code of the error with which it was answered; null where it was not refused. */
  readonly refusal: string | null;
  /** What was asked, for verbs and questions: words and ids, never a value. */
  readonly about: Readonly<Record<string, unknown>> | null;
}

/** No rows at all. */
export const NO_ROWS: RecordedRows = {
  count: 0,
  ids: [],
  customers: [],
  circumstances: [],
  own: [],
};

/** What the texts of all records of a request say alike. */
export interface AskedText {
  /** Time, request and operation. */
  readonly when: string;
  /** Caller, purpose, policy and law. */
  readonly who: string;
}

/** What the texts of records say alike in which the same was decided about a type. */
export interface DecidedText {
  /** Action and type. */
  readonly what: string;
  readonly verdicts: string;
  readonly refusal: string;
}

/**
 * The canonical text of a record: JSON with its keys in the order of the interfaces above and without
 * spaces. The bytes of it (UTF-8) are the leaf of the tree.
 */
export function canonicalText(record: DecisionRecord): string {
  return textWith(record, { asked: askedText(record), decided: decidedText(record) });
}

/** The canonical text of a record, of which these parts are known already. */
export function textWith(
  { id, concerned, transfers, rows, clear, about }: DecisionRecord,
  { asked, decided }: { asked: AskedText; decided: DecidedText },
): string {
  return (
    `{"v":1,"id":${json(id)},${asked.when},${decided.what},${asked.who},` +
    `"concerned":${list(concerned)},"transfers":${list(transfers)},${decided.verdicts},` +
    `"rows":{"count":${rows.count},"ids":${list(rows.ids)},"customers":${list(rows.customers)},` +
    `"circumstances":${list(rows.circumstances)},"own":${list(rows.own)}},` +
    `"clear":${json(clear)},${decided.refusal},"about":${json(about)}}`
  );
}

/** What the text of a record says of the request. */
export function askedText({
  at,
  request,
  operation,
  caller,
  purpose,
  policyVersion,
  lawPack,
}: DecisionRecord): AskedText {
  const when = { at, request, operation: { name: operation.name, digest: operation.digest } };
  const { id, organisationId, roles, caseCodes, tokenId, state } = caller;
  const who = {
    caller: { id, organisationId, roles, caseCodes, tokenId, state },
    purpose,
    policyVersion,
    lawPack,
  };
  return { when: JSON.stringify(when).slice(1, -1), who: JSON.stringify(who).slice(1, -1) };
}

/** What the text of a record says of what was decided. */
export function decidedText({
  action,
  type,
  verdicts,
  refusal,
}: Pick<DecisionRecord, "action" | "type" | "verdicts" | "refusal">): DecidedText {
  const ordered = verdicts.map(({ fields, disclosure, reason, rule, stage, under }) => ({
    fields,
    disclosure,
    reason,
    rule,
    stage,
    under,
  }));
  return {
    what: `"action":${json(action)},"type":${json(type)}`,
    verdicts: `"verdicts":${list(ordered)}`,
    refusal: `"refusal":${json(refusal)}`,
  };
}

function json(value: unknown): string {
  return value === null ? "null" : JSON.stringify(value);
}

/** Most lists of most records are empty. */
function list(values: readonly unknown[]): string {
  return values.length === 0 ? "[]" : JSON.stringify(values);
}

/** The record behind a canonical text that this program wrote. */
export function recordIn(text: string): DecisionRecord {
  return JSON.parse(text) as DecisionRecord;
}
