import type { DecisionRecord } from "./decision-record.ts";

/** How long a record is kept: those of PRIVATE values in clear longer than others (domain 2.6). */
export type Retention = "STANDARD" | "PRIVATE";

/** The columns of table `decision` that are read out of a record's text, to be searched. */
export interface DecisionColumns {
  readonly id: string;
  readonly retention: Retention;
  readonly occurredAt: string;
  /** Day of the request (UTC). */
  readonly recordedOn: string;
  readonly requestId: string;
  readonly operation: string | null;
  readonly action: string;
  readonly principalId: string | null;
  readonly organisationId: string | null;
  readonly roles: readonly string[];
  readonly purpose: string | null;
  readonly caseCodes: readonly string[];
  readonly tokenId: string | null;
  readonly policyVersion: string;
  readonly lawPack: string | null;
  readonly subjectType: string | null;
  readonly fields: readonly string[];
  readonly disclosures: readonly string[];
  readonly reasons: readonly string[];
  readonly rules: readonly string[];
  readonly facets: readonly string[];
  readonly concernedIds: readonly string[];
  readonly transferIds: readonly string[];
  readonly subjects: readonly string[];
  readonly rowCount: number;
  readonly refusal: string | null;
}

const ISO_DAY_LENGTH = 10;

/** Reads the searchable columns out of a record. */
export function columnsOf(record: DecisionRecord): DecisionColumns {
  const { verdicts, caller, rows, type } = record;
  return {
    id: record.id,
    retention: record.clear === "PRIVATE" ? "PRIVATE" : "STANDARD",
    occurredAt: record.at,
    recordedOn: record.at.slice(0, ISO_DAY_LENGTH),
    requestId: record.request,
    operation: record.operation.name,
    action: record.action,
    principalId: caller.id,
    organisationId: caller.organisationId,
    roles: caller.roles,
    purpose: record.purpose,
    caseCodes: caller.caseCodes,
    tokenId: caller.tokenId,
    policyVersion: record.policyVersion,
    lawPack: record.lawPack,
    subjectType: type,
    fields: distinct(verdicts.flatMap(({ fields }) => fields.map((field) => `${type}.${field}`))),
    disclosures: distinct(verdicts.map(({ disclosure }) => disclosure)),
    reasons: distinct(verdicts.flatMap(({ reason }) => (reason === null ? [] : [reason]))),
    rules: distinct(verdicts.map(({ rule }) => rule)),
    facets: facetsOf(record),
    concernedIds: record.concerned,
    transferIds: record.transfers,
    subjects: distinct(rows.customers),
    rowCount: rows.count,
    refusal: record.refusal,
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

function facetsOf({ verdicts, type, action, refusal }: DecisionRecord): string[] {
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

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)].sort();
}
