import type { DecisionRecord } from "./decision-record.ts";

/** How long a record is kept: those of PRIVATE values in clear longer than others (domain 2.6). */
export type Retention = "STANDARD" | "PRIVATE";

/** Columns of who asked, when and for what: the same in all records of a request. */
export interface AskedColumns {
  readonly occurredAt: string;
  /** Day of the request (UTC). */
  readonly recordedOn: string;
  readonly requestId: string;
  readonly operation: string | null;
  readonly principalId: string | null;
  readonly organisationId: string | null;
  readonly roles: readonly string[];
  readonly purpose: string | null;
  readonly caseCodes: readonly string[];
  readonly tokenId: string | null;
  readonly policyVersion: string;
  readonly lawPack: string | null;
}

/** Columns of what was decided: the same wherever the same was decided about a type. */
export interface DecidedColumns {
  readonly action: string;
  readonly refusal: string | null;
  readonly subjectType: string | null;
  readonly fields: readonly string[];
  readonly disclosures: readonly string[];
  readonly reasons: readonly string[];
  readonly rules: readonly string[];
  readonly facets: readonly string[];
}

/** Columns of the rows that a record covers. */
export interface CoveredColumns {
  readonly retention: Retention;
  readonly concernedIds: readonly string[];
  readonly transferIds: readonly string[];
  readonly subjects: readonly string[];
  readonly rowCount: number;
}

/** The columns of table `decision` that are read out of a record's text, to be searched. */
export interface DecisionColumns extends AskedColumns, DecidedColumns, CoveredColumns {
  readonly id: string;
}

const ISO_DAY_LENGTH = 10;

/** Reads the searchable columns out of a record. */
export function columnsOf(record: DecisionRecord): DecisionColumns {
  return {
    id: record.id,
    ...askedColumns(record),
    ...decidedColumns(record),
    ...coveredColumns(record),
  };
}

/** Who asked, when and for what. */
export function askedColumns(record: DecisionRecord): AskedColumns {
  const { caller } = record;
  return {
    occurredAt: record.at,
    recordedOn: record.at.slice(0, ISO_DAY_LENGTH),
    requestId: record.request,
    operation: record.operation.name,
    principalId: caller.id,
    organisationId: caller.organisationId,
    roles: caller.roles,
    purpose: record.purpose,
    caseCodes: caller.caseCodes,
    tokenId: caller.tokenId,
    policyVersion: record.policyVersion,
    lawPack: record.lawPack,
  };
}

/** What was decided: nothing else of the record is in it but what it takes. */
export function decidedColumns(
  record: Pick<DecisionRecord, "verdicts" | "type" | "action" | "refusal">,
): DecidedColumns {
  const { verdicts, type } = record;
  return {
    action: record.action,
    refusal: record.refusal,
    subjectType: type,
    fields: distinct(verdicts.flatMap(({ fields }) => fields.map((field) => `${type}.${field}`))),
    disclosures: distinct(verdicts.map(({ disclosure }) => disclosure)),
    reasons: distinct(verdicts.flatMap(({ reason }) => (reason === null ? [] : [reason]))),
    rules: distinct(verdicts.map(({ rule }) => rule)),
    facets: facetsOf(record),
  };
}

/** Which rows it was about, and whom they concern. */
export function coveredColumns(record: DecisionRecord): CoveredColumns {
  return {
    retention: record.clear === "PRIVATE" ? "PRIVATE" : "STANDARD",
    concernedIds: record.concerned,
    transferIds: record.transfers,
    subjects: distinct(record.rows.customers),
    rowCount: record.rows.count,
  };
}

/** One word of what a record can be searched by; each kind has a mark of its own. */
export const FACETS = {
  /** A field, such as `Customer.idNumber`. */
  field: (field: string) => `f:${field}`,
  disclosure: (disclosure: string) => `d:${disclosure}`,
  /** A field at a disclosure. */
  fieldAt: (field: string, disclosure: string) => `fd:${field}=${disclosure}`,
  rule: (rule: string) => `r:${rule}`,
  reason: (reason: string) => `x:${reason}`,
  action: (action: string) => `a:${action}`,
  refusal: (code: string) => `e:${code}`,
} as const;

function facetsOf({
  verdicts,
  type,
  action,
  refusal,
}: Pick<DecisionRecord, "verdicts" | "type" | "action" | "refusal">): readonly string[] {
  const words = verdicts.flatMap(({ fields, disclosure, reason, rule }) => [
    FACETS.disclosure(disclosure),
    FACETS.rule(rule),
    ...(reason === null ? [] : [FACETS.reason(reason)]),
    ...fields.flatMap((field) => [
      FACETS.field(`${type}.${field}`),
      FACETS.fieldAt(`${type}.${field}`, disclosure),
    ]),
  ]);
  return distinct([
    FACETS.action(action),
    ...(refusal === null ? [] : [FACETS.refusal(refusal)]),
    ...words,
  ]);
}

/** Sorted, each once; words are rarely there twice. */
function distinct(words: readonly string[]): readonly string[] {
  if (words.length < 2) return words;
  const sorted = words.toSorted();
  const isOnce = sorted.every((word, at) => word !== sorted[at + 1]);
  return isOnce ? sorted : [...new Set(sorted)];
}
