import type {
  AskedColumns,
  CoveredColumns,
  DecidedColumns,
  DecisionColumns,
} from "../audit/decision-columns.ts";
import type { PendingColumns } from "../audit/decision-writer.ts";

/** Columns of which each is a word, a list of words, or nothing. */
type Words<Columns> = Readonly<Record<keyof Columns, string | readonly string[] | null>>;

type Name = Exclude<keyof DecisionColumns, "id">;

const ASKED: readonly (keyof AskedColumns)[] = [
  "occurredAt",
  "recordedOn",
  "requestId",
  "operation",
  "principalId",
  "organisationId",
  "roles",
  "purpose",
  "caseCodes",
  "tokenId",
  "policyVersion",
  "lawPack",
];
const DECIDED: readonly (keyof DecidedColumns)[] = [
  "action",
  "refusal",
  "subjectType",
  "fields",
  "disclosures",
  "reasons",
  "rules",
  "facets",
];
const COVERED: readonly (keyof CoveredColumns)[] = [
  "retention",
  "concernedIds",
  "transferIds",
  "subjects",
  "rowCount",
];

/** Columns in the order of the type `decision_columns`. */
export const INBOX_COLUMNS: readonly Name[] = [...ASKED, ...DECIDED, ...COVERED];

/** Parts that records share are objects that they share, so each is written once. */
const written = new WeakMap<object, string>();

/**
 * A row of `decision_columns` as PostgreSQL reads it; null for what is better read out of the text.
 *
 * Source: PostgreSQL, 8.15.2 and 8.16.2, array and composite values.
 */
export function inboxColumns({ asked, decided, covered }: PendingColumns): string | null {
  const concerned = idList(covered.concernedIds);
  const transfers = idList(covered.transferIds);
  const subjects = idList(covered.subjects);
  if (concerned === null || transfers === null || subjects === null) return null;
  return (
    `(${once(asked, ASKED)},${once(decided, DECIDED)},` +
    `${covered.retention},${concerned},${transfers},${subjects},${covered.rowCount})`
  );
}

const UUID_LENGTH = 36;

/**
 * Ids are many, so they are looked at together: nothing among them can end the list or the row. What has
 * their length and is no id all the same PostgreSQL refuses when it reads the row.
 */
function idList(ids: readonly string[]): string | null {
  if (ids.length === 0) return "{}";
  const joined = ids.join();
  const isPlain =
    joined.length === ids.length * (UUID_LENGTH + 1) - 1 &&
    !joined.includes('"') &&
    !joined.includes("\\") &&
    !joined.includes("\0");
  return isPlain ? `"{${joined}}"` : null;
}

function once<Columns extends Words<Columns>>(
  columns: Columns,
  names: readonly (keyof Columns)[],
): string {
  let text = written.get(columns);
  if (text === undefined) {
    text = valuesOf(columns, names);
    written.set(columns, text);
  }
  return text;
}

function valuesOf<Columns extends Words<Columns>>(
  columns: Columns,
  names: readonly (keyof Columns)[],
): string {
  return names.map((name) => valueText(columns[name])).join();
}

/** Within a row nothing at all is null. */
function valueText(value: string | readonly string[] | null): string {
  if (value === null) return "";
  if (typeof value === "string") return wordText(value);
  return value.length === 0 ? "{}" : quoted(listText(value));
}

function listText(values: readonly string[]): string {
  return `{${values.map((one) => (/^null$/i.test(one) ? quoted(one) : wordText(one))).join()}}`;
}

/** Words, ids and times need no marks around them. */
function wordText(text: string): string {
  return /^[\w.:=/+-]+$/.test(text) ? text : quoted(text);
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
}
