import { setImmediate } from "node:timers/promises";
import type { DecisionRecord } from "../audit/decision-record.ts";
import { type TypeDefinition, typeIn } from "../classification/catalog.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { Caller } from "../identity/caller.ts";
import type { AttributeValues } from "../policy/condition.ts";
import type { Policy } from "../policy/rule.ts";
import type { SimulationTally } from "../policy/simulation-tally.ts";
import { changeOf, type FieldReplay, isAboutRows, isReplayable, replayed } from "./judge-record.ts";
import { engineFor } from "./policy-engines.ts";
import { recordedCallers } from "./recorded-callers.ts";
import { type RecordedRow, recordedRows } from "./recorded-rows.ts";
import { decisionsIn, judgedIndexes, type ReplayedDecisions } from "./replay-source.ts";

/**
 * Decides recorded decisions by another policy that somebody beside its author stood up for, for
 * callers and on rows as they were, and counts what comes out otherwise than was recorded.
 *
 * @returns decisions that can't be made once more
 */
export async function replayExactly({
  records,
  policy,
  tally,
  context,
}: {
  records: readonly DecisionRecord[];
  policy: Policy;
  tally: SimulationTally;
  context: RequestContext;
}): Promise<number> {
  const callers = await recordedCallers(records, context);
  const about = records.filter((record) => isReplayable(record) && isAboutRows(record));
  const wanted = about.map((record) => ({ record, indexes: judgedIndexes(record) }));
  const found = await recordedRows(wanted, context);
  const rows = new Map(about.map((record, place) => [record, found[place] ?? []]));
  let undecidable = 0;
  for (const record of records) {
    const caller = callers.get(record.caller.state);
    const all = decisionsIn(record);
    if (caller === undefined || !isReplayable(record)) undecidable += all;
    else {
      const judged = { record, caller, policy, tally, context };
      undecidable += all - replayOne({ ...judged, rows: rows.get(record) ?? null });
    }
    // Other requests get their turn in between.
    await setImmediate();
  }
  return undecidable;
}

/** Judges one record; gives how many decisions were judged. */
function replayOne({
  record,
  caller,
  rows,
  policy,
  tally,
  context,
}: {
  record: DecisionRecord;
  caller: Caller;
  rows: readonly RecordedRow[] | null;
  policy: Policy;
  tally: SimulationTally;
  context: RequestContext;
}): number {
  const { catalog, decisions: asker } = context;
  const type = typeIn(catalog, String(record.type));
  const decisions = engineFor(policy, catalog).decisionsFor(caller, new Date(record.at));
  // Only rows are judged that would be shown to the asker in the state they were in.
  const told = rows?.filter(
    ({ attributes }) => attributes !== null && asker.canSee(type.name, attributes),
  );
  const states: (AttributeValues | null)[] = told?.map(({ attributes }) => attributes) ?? [null];
  const replays = states.map((row) => ({ row, fields: replayed(record, decisions, row) }));
  const [first] = replays;
  const asked = askedOf({ record, caller, type, replays: first?.fields ?? [] });
  const indexes = told?.map(({ index }) => index) ?? [];
  const judged = { ...asked, rows: states.map((row) => row ?? NO_ROW), indexes };
  tally.judged(judged);
  for (const { row, fields } of replays) {
    for (const one of fields.filter((each) => changeOf(each) !== null)) {
      const changes = [changeIn(one)];
      tally.add(judged, { row: row ?? NO_ROW, field: one.field, changes });
    }
  }
  return states.length * judged.fields.length;
}

/** What stands for the row of a decision that is about none. */
const NO_ROW: AttributeValues = {};

function askedOf({
  record,
  caller,
  type,
  replays,
}: {
  record: DecisionRecord;
  caller: Caller;
  type: TypeDefinition;
  replays: readonly FieldReplay[];
}): Omit<ReplayedDecisions, "rows" | "indexes"> {
  const fields = replays.map(({ field }) => field);
  return { record, caller, at: new Date(record.at), type, fields };
}

function changeIn({ recorded, replayed: now }: FieldReplay) {
  const listed = (reason: string | null): string[] => (reason === null ? [] : [reason]);
  return {
    from: recorded.disclosure,
    to: now.disclosure,
    reasonsBefore: listed(recorded.reason),
    reasonsAfter: listed(now.reason),
    isCertain: true,
  };
}
