import type { DecisionColumns } from "./decision-columns.ts";

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

/** Names of those of the given columns that the database could not store. */
export function faultyColumns<Columns extends Partial<DecisionColumns>>(
  columns: Columns,
): (keyof DecisionColumns)[] {
  const names = Object.keys(columns) as (keyof DecisionColumns)[];
  return names.filter((name) => !CHECKS[name](columns[name]));
}
