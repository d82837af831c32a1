import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { askedType } from "../evaluation/asked-type.ts";
import { comparedPolicies } from "../evaluation/compared-policies.ts";
import type { SimulatedCount } from "../evaluation/simulation.types.ts";
import type { RequestContext } from "../graphql/context.ts";
import { directionOf } from "../policy/diff.ts";
import { type ChangeCounts, SimulationTally, type ToldChange } from "../policy/simulation-tally.ts";
import { searchIn } from "./decision-search.ts";
import { noteQuestion } from "./note-question.ts";
import { replayBounded } from "./replay-bounded.ts";
import { replayExactly } from "./replay-exactly.ts";
import { readRecords, type ReplayedDecisions } from "./replay-source.ts";
import { Replay, type ReplayedDifference, ReplayInput } from "./replay.types.ts";

const MOST_DIFFERENCES = 500;

/** A policy is bound for every caller and second, and all rows are judged. */
const COST = 20_000;

@Resolver()
export class ReplayResolver {
  @Query(() => Replay, {
    complexity: COST,
    description:
      "For auditors: what another policy, or a draft, would have answered in the recorded decisions that they see. Never a value.",
  })
  async replay(
    @Arg("input", () => ReplayInput, { description: "The question." }) input: ReplayInput,
    @Ctx() context: RequestContext,
  ): Promise<Replay> {
    askedType({ context, name: "Decision", argument: "input" });
    askedType({ context, name: "Customer", argument: "input" });
    const policies = await comparedPolicies(input, context);
    const filter = input.filter == null ? null : await searchIn(input.filter, context);
    const { records: size, after = null } = input;
    const { records, ...place } = await readRecords({ context, filter, size, after });
    const tally = new SimulationTally({ offset: 0, first: MOST_DIFFERENCES });
    const { isApproved, to } = policies;
    const undecidable = isApproved
      ? await replayExactly({ records, policy: to, tally, context })
      : await replayBounded({ records, policies, tally, context });
    noteQuestion(context, { operation: "replay", found: records.length });
    return {
      toVersion: to.version,
      isApproved,
      records: records.length,
      decisions: tally.decisions + undecidable,
      same: tally.decisions - tally.changed,
      ...tally.all,
      undecidable,
      byRole: sorted(tally.byRole),
      byField: sorted(tally.byField),
      byReason: sorted(tally.byReason),
      differences: tally.told.map(differenceOf),
      totalDifferences: tally.totalChanges,
      ...place,
    };
  }
}

function sorted(counts: ReadonlyMap<string, ChangeCounts>): SimulatedCount[] {
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => ({ name, ...each }));
}

function differenceOf({ asked, decision, ...change }: ToldChange): ReplayedDifference {
  const { record, rows, indexes } = asked as ReplayedDecisions;
  const { from, to, reasonsBefore, reasonsAfter, isCertain } = change;
  return {
    decisionId: record.id,
    row: indexes[rows.indexOf(decision.row)] ?? null,
    field: decision.field.name,
    direction: directionOf(change),
    from,
    to,
    reasonsBefore: [...reasonsBefore],
    reasonsAfter: [...reasonsAfter],
    isCertain,
  };
}
