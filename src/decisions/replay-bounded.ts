import { setImmediate } from "node:timers/promises";
import type { DecisionRecord } from "../audit/decision-record.ts";
import { typeIn } from "../classification/catalog.ts";
import type { ComparedPolicies } from "../evaluation/compared-policies.ts";
import { callersFor } from "../evaluation/simulation.callers.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { PrincipalRecord } from "../identity/principal-directory.ts";
import type { AttributeValues } from "../policy/condition.ts";
import type { Judge } from "../policy/simulation.ts";
import { boundedJudge } from "../policy/simulation-bounds.ts";
import type { SimulationTally } from "../policy/simulation-tally.ts";
import { decisionsIn, fieldsOf, judgedIndexes, type ReplayedDecisions } from "./replay-source.ts";

/** Principals that are looked up for one call. */
const MOST_PRINCIPALS = 1_000;

/**
 * Tries a draft on recorded decisions: nothing comes out that `simulate` would not tell of the same
 * principals and customers (decision 0027). Rows are those that the asker sees now, judged by what they
 * read of them; callers are principals of whom they may ask, who lack nothing.
 *
 * @returns decisions that can't be tried
 */
export async function replayBounded({
  records,
  policies,
  tally,
  context,
}: {
  records: readonly DecisionRecord[];
  policies: ComparedPolicies;
  tally: SimulationTally;
  context: RequestContext;
}): Promise<number> {
  const { catalog, now, rows } = context;
  const at = new Date(Math.floor(now.getTime() / 1_000) * 1_000);
  const type = typeIn(catalog, "Customer");
  const { from, to } = policies;
  const judge = boundedJudge({ from, to, catalog }, rows.knownOn(type.name));
  const callerFor = callersFor(policies, context, at);
  const principals = await principalsOf(records, context);
  const about = records.filter((one) => one.action === "READ" && one.type === type.name);
  const seen = await rows.attributesAmong(
    type.name,
    about.flatMap((one) => idsOf(one, context)),
  );
  let undecidable = 0;
  for (const record of records) {
    const principal = principals.get(record.caller.id ?? "");
    const places = about.includes(record) ? placesOf(record, seen, context) : [];
    if (principal === undefined || record.purpose === null) undecidable += decisionsIn(record);
    else {
      const asked = {
        record,
        caller: callerFor(principal, record.purpose),
        at,
        type,
        fields: fieldsOf(record, type),
        rows: places.map(({ row }) => row),
        indexes: places.map(({ index }) => index),
      };
      undecidable += decisionsIn(record) - judgeInto({ asked, judge, tally });
    }
    // Other requests get their turn in between.
    await setImmediate();
  }
  return undecidable;
}

/** Judges one record; gives how many decisions were judged. */
function judgeInto({
  asked,
  judge,
  tally,
}: {
  asked: ReplayedDecisions;
  judge: Judge;
  tally: SimulationTally;
}): number {
  tally.judged(asked);
  for (const decision of judge(asked)) tally.add(asked, decision);
  return asked.rows.length * asked.fields.length;
}

/** Those who asked, as far as the asker may ask about them. */
async function principalsOf(
  records: readonly DecisionRecord[],
  { caller, principals }: RequestContext,
): Promise<ReadonlyMap<string, PrincipalRecord>> {
  const ids = [...new Set(records.flatMap((record) => record.caller.id ?? []))];
  if (ids.length === 0) return new Map();
  const listed = await principals.listOf({
    organisationIds: caller.servedOrganisationIds,
    ids,
    after: null,
    limit: MOST_PRINCIPALS,
  });
  return new Map(listed.map((principal) => [principal.id, principal]));
}

function idsOf(record: DecisionRecord, { references }: RequestContext): string[] {
  return judgedIndexes(record).flatMap(
    (index) => references.customerOf(record.rows.customers[index] ?? "") ?? [],
  );
}

function placesOf(
  record: DecisionRecord,
  seen: ReadonlyMap<string, AttributeValues>,
  { references }: RequestContext,
): { readonly index: number; readonly row: AttributeValues }[] {
  return judgedIndexes(record).flatMap((index) => {
    const id = references.customerOf(record.rows.customers[index] ?? "");
    const row = id === null ? undefined : seen.get(id);
    return row === undefined ? [] : [{ index, row }];
  });
}
