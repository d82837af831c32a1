import { circumstancesDigest } from "../audit/circumstances.ts";
import type { DecisionRecord } from "../audit/decision-record.ts";
import { typeIn } from "../classification/catalog.ts";
import type { CustomerState } from "../database/decision-sources.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { AttributeValues } from "../policy/condition.ts";

/** What became of the state of a row by which it was decided. */
export type StateOfRow = "VERIFIED" | "GONE" | "MISMATCH" | "PRESENT";

/** A row of a record, as it was when it was decided. */
export interface RecordedRow {
  /** Place among the rows of the record. */
  readonly index: number;
  readonly state: StateOfRow;
  /** All attributes that rules read; null where they are gone, or are not what was digested. */
  readonly attributes: AttributeValues | null;
}

/** Rows of a record that are wanted. */
export interface WantedRows {
  readonly record: DecisionRecord;
  readonly indexes: readonly number[];
}

/**
 * The rows of some records as they were, in one statement. Where the states of a type are not kept,
 * a row is as it is now for who sees it, with what was loaded of it then. They must not be told but
 * to whom the row would be shown in that state.
 */
export async function recordedRows(
  wanted: readonly WantedRows[],
  context: RequestContext,
): Promise<RecordedRow[][]> {
  const states = await statesOf(wanted, context);
  return Promise.all(
    wanted.map(({ record, indexes }) =>
      Promise.all(indexes.map((index) => rowAt({ record, index, states, context }))),
    ),
  );
}

type States = ReadonlyMap<string, CustomerState>;

async function statesOf(wanted: readonly WantedRows[], context: RequestContext): Promise<States> {
  const keys = wanted.flatMap(({ record, indexes }) =>
    indexes.flatMap((index) => keyAt(record, index, context) ?? []),
  );
  const distinct = new Map(keys.map((key) => [textOf(key), key]));
  if (distinct.size === 0) return new Map();
  const found = await context.decisionSources.customerStates([...distinct.values()]);
  return new Map(found.map((state) => [textOf(state), state]));
}

type StateKey = Pick<CustomerState, "customerId" | "circumstances">;

function textOf({ customerId, circumstances }: StateKey): string {
  return `${customerId} ${circumstances}`;
}

/** Which state of which customer a row was decided by; null where the record names none. */
function keyAt(
  { rows: { customers, circumstances } }: DecisionRecord,
  index: number,
  { references }: RequestContext,
): StateKey | null {
  const [reference, state] = [customers[index], circumstances[index]];
  const customerId = reference === undefined ? null : references.customerOf(reference);
  return customerId === null || !state ? null : { customerId, circumstances: state };
}

async function rowAt({
  record,
  index,
  states,
  context,
}: {
  record: DecisionRecord;
  index: number;
  states: States;
  context: RequestContext;
}): Promise<RecordedRow> {
  const key = keyAt(record, index, context);
  if (key === null) return presentRow({ record, index, context });
  const state = states.get(textOf(key));
  if (state === undefined) return { index, state: "GONE", attributes: null };
  if (circumstancesDigest(state.salt, state.body) !== state.circumstances)
    return { index, state: "MISMATCH", attributes: null };
  const owner = JSON.parse(state.body) as AttributeValues;
  const attributes = { ...record.rows.own[index], circumstances: state.circumstances, ...owner };
  return { index, state: "VERIFIED", attributes };
}

async function presentRow({
  record: { type, rows },
  index,
  context,
}: {
  record: DecisionRecord;
  index: number;
  context: RequestContext;
}): Promise<RecordedRow> {
  const id = rows.ids[index];
  if (type === null || id === undefined) return { index, state: "GONE", attributes: null };
  const { name } = typeIn(context.catalog, type);
  const present = await context.rows.attributesOf(name, id).catch(() => null);
  if (present === null) return { index, state: "GONE", attributes: null };
  return { index, state: "PRESENT", attributes: { ...present, ...rows.own[index] } };
}
