import { faultyColumns } from "./column-checks.ts";
import { columnsOf, type DecisionColumns } from "./decision-columns.ts";
import { recordIn } from "./decision-record.ts";
import type { WaitingRecord } from "./sealed-log.ts";

/** The columns of a record that waits, and whether its text says all of them. */
export interface ReadableColumns {
  readonly columns: DecisionColumns;
  readonly isReadable: boolean;
}

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
  const faulty = faultyColumns(read);
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
