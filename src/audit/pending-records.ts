import { faultyColumns } from "./column-checks.ts";
import { type AskedColumns, askedColumns, coveredColumns } from "./decision-columns.ts";
import { type AskedText, askedText, type DecisionRecord, textWith } from "./decision-record.ts";
import type { PendingRecord } from "./decision-writer.ts";
import { knownVerdicts } from "./known-verdicts.ts";

/** What records of a request share; columns that could not be stored are null. */
interface Asked {
  readonly of: DecisionRecord;
  readonly text: AskedText;
  readonly columns: AskedColumns | null;
}

/**
 * Records as they are written: text, and the columns that are read out of them, while they are at hand.
 * What could not be stored is left to whoever seals the record.
 */
export function pendingRecords(records: readonly DecisionRecord[]): PendingRecord[] {
  let asked: Asked | null = null;
  return records.map((record) => {
    asked = asked !== null && isAskedAlike(asked.of, record) ? asked : askedOf(record);
    const { text, columns } = asked;
    const decided = knownVerdicts(record);
    return {
      id: record.id,
      body: textWith(record, { asked: text, decided: decided.text }),
      columns:
        columns === null || decided.columns === null
          ? null
          : { asked: columns, decided: decided.columns, covered: coveredColumns(record) },
    };
  });
}

function askedOf(record: DecisionRecord): Asked {
  const columns = askedColumns(record);
  const isStorable = faultyColumns(columns).length === 0;
  return { of: record, text: askedText(record), columns: isStorable ? columns : null };
}

/** Everything that `askedText` and `askedColumns` say; lists are known by what they are. */
function isAskedAlike(one: DecisionRecord, other: DecisionRecord): boolean {
  return (
    one.at === other.at &&
    one.request === other.request &&
    one.operation.name === other.operation.name &&
    one.operation.digest === other.operation.digest &&
    one.caller.id === other.caller.id &&
    one.caller.organisationId === other.caller.organisationId &&
    one.caller.roles === other.caller.roles &&
    one.caller.caseCodes === other.caller.caseCodes &&
    one.caller.tokenId === other.caller.tokenId &&
    one.caller.state === other.caller.state &&
    one.purpose === other.purpose &&
    one.policyVersion === other.policyVersion &&
    one.lawPack === other.lawPack
  );
}
