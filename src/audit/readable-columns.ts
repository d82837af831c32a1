import { columnsOf, type DecisionColumns } from "./decision-columns.ts";
import { recordIn } from "./decision-record.ts";
import type { WaitingRecord } from "./sealed-log.ts";

/** The columns of a record that waits, and whether its text says all of them. */
export interface ReadableColumns {
  readonly columns: DecisionColumns;
  readonly isReadable: boolean;
}

type Check = (value: unknown) => boolean;

/** PostgreSQL's text holds neither. */
const isText: Check = (value) =>
  typeof value === "string" && value.isWellFormed() && !value.includes("\0");
const isUuid: Check = (value) =>
  typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
const isTime: Check = (value) =>
  typeof value === "string" &&
  /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\.\d{3}Z)?$/.test(value) &&
  !Number.isNaN(Date.parse(value));
const isDay: Check = (value) =>
  typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && isTime(value);
const isCount: Check = (value) =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31;
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

const CHECKS: Readonly<Record<keyof DecisionColumns, Check>> = {
  id: isUuid,
  retention: (value) => value === "STANDARD" || value === "PRIVATE",
  occurredAt: isTime,
  recordedOn: isDay,
  requestId: isText,
  operation: orNull(isText),
  action: isText,
  principalId: orNull(isUuid),
  organisationId: orNull(isUuid),
  roles: listOf(isText),
  purpose: orNull(isText),
  caseCodes: listOf(isText),
  tokenId: orNull(isText),
  policyVersion: isText,
  lawPack: orNull(isText),
  subjectType: orNull(isText),
  fields: listOf(isText),
  disclosures: listOf(isText),
  reasons: listOf(isText),
  rules: listOf(isText),
  facets: listOf(isText),
  concernedIds: listOf(isUuid),
  transferIds: listOf(isUuid),
  subjects: listOf(isUuid),
  rowCount: isCount,
  refusal: orNull(isText),
};

/** Action of a record whose text can't be read. */
export const UNREADABLE = "UNREADABLE";

/**
 * The columns under which a record is sealed. What its text does not say, or says so that it can't be
 * stored, is left empty: the text is the evidence and is kept whatever it is. Such a record is kept as
 * long as any other.
 */
export function readableColumns(record: WaitingRecord): ReadableColumns {
  const bare = bareColumns(record);
  const read = columnsIn(record.text);
  if (read === null || read.id !== record.id) return { columns: bare, isReadable: false };
  const names = Object.keys(CHECKS) as (keyof DecisionColumns)[];
  const faulty = names.filter((name) => !CHECKS[name](read[name]));
  if (faulty.length === 0) return { columns: read, isReadable: true };
  const filled = Object.fromEntries(faulty.map((name) => [name, bare[name]]));
  return { columns: { ...read, ...filled, retention: "PRIVATE" }, isReadable: false };
}

/** What is known of a record without its text. */
export function bareColumns({ id, receivedAt }: WaitingRecord): DecisionColumns {
  const occurredAt = receivedAt.toISOString();
  return {
    id,
    retention: "PRIVATE",
    occurredAt,
    recordedOn: occurredAt.slice(0, 10),
    requestId: "",
    operation: null,
    action: UNREADABLE,
    principalId: null,
    organisationId: null,
    roles: [],
    purpose: null,
    caseCodes: [],
    tokenId: null,
    policyVersion: "",
    lawPack: null,
    subjectType: null,
    fields: [],
    disclosures: [],
    reasons: [],
    rules: [],
    facets: [`a:${UNREADABLE}`],
    concernedIds: [],
    transferIds: [],
    subjects: [],
    rowCount: 0,
    refusal: null,
  };
}

function columnsIn(text: string): DecisionColumns | null {
  try {
    return columnsOf(recordIn(text));
  } catch {
    return null;
  }
}
