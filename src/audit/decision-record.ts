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

/**
 * The canonical text of a record: JSON with its keys in the order of the interfaces above and without
 * spaces. The bytes of it (UTF-8) are the leaf of the tree.
 */
export function canonicalText(record: DecisionRecord): string {
  const { caller, operation, rows } = record;
  return JSON.stringify({
    v: record.v,
    id: record.id,
    at: record.at,
    request: record.request,
    operation: { name: operation.name, digest: operation.digest },
    action: record.action,
    type: record.type,
    caller: {
      id: caller.id,
      organisationId: caller.organisationId,
      roles: caller.roles,
      caseCodes: caller.caseCodes,
      tokenId: caller.tokenId,
      state: caller.state,
    },
    purpose: record.purpose,
    policyVersion: record.policyVersion,
    lawPack: record.lawPack,
    concerned: record.concerned,
    transfers: record.transfers,
    verdicts: record.verdicts.map(({ fields, disclosure, reason, rule, stage, under }) => ({
      fields,
      disclosure,
      reason,
      rule,
      stage,
      under,
    })),
    rows: {
      count: rows.count,
      ids: rows.ids,
      customers: rows.customers,
      circumstances: rows.circumstances,
      own: rows.own,
    },
    clear: record.clear,
    refusal: record.refusal,
    about: record.about,
  });
}

/** The record behind a canonical text that this program wrote. */
export function recordIn(text: string): DecisionRecord {
  return JSON.parse(text) as DecisionRecord;
}
