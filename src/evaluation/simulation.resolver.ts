import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import { directionOf } from "../policy/diff.ts";
import { type DecisionSource, exactJudge, type Judge } from "../policy/simulation.ts";
import { boundedJudge } from "../policy/simulation-bounds.ts";
import { type ChangeCounts, SimulationTally, type ToldChange } from "../policy/simulation-tally.ts";
import { askedType } from "./asked-type.ts";
import { comparedPolicies } from "./compared-policies.ts";
import { callersFor } from "./simulation.callers.ts";
import { SimulateInput } from "./simulation.inputs.ts";
import { checkedPurposes, drawSample, sampledDecisions } from "./simulation.sample.ts";
import { type SimulatedCount, type SimulatedDifference, Simulation } from "./simulation.types.ts";

const MOST_DIFFERENCES = 500;

/** Two policies are bound for every principal and purpose, and rows are judged by both. */
const COST = 20_000;

@Resolver()
export class SimulationResolver {
  @Query(() => Simulation, {
    complexity: COST,
    description:
      "For auditors: what another policy, or a draft, would answer to principals whom they may ask about, on a sample of customers that they see. Never a value.",
  })
  async simulate(
    @Arg("input", () => SimulateInput, { description: "The question." })
    input: SimulateInput,
    @Ctx() context: RequestContext,
  ): Promise<Simulation> {
    const type = askedType({ context, name: "Customer", argument: "input" });
    const { first, offset } = input;
    if (first < 1 || first > MOST_DIFFERENCES || offset < 0)
      throw publicError("BAD_USER_INPUT", { field: "first" });
    const purposes = checkedPurposes(input, context);
    const policies = await comparedPolicies(input, context);
    const { from, to, isApproved } = policies;
    if (!purposes.every((one) => from.purposes.has(one) || to.purposes.has(one)))
      throw publicError("BAD_USER_INPUT", { field: "purposes" });
    const sample = await drawSample(input, context);
    // Whole seconds, as for every decision.
    const at = new Date(Math.floor(context.now.getTime() / 1_000) * 1_000);
    const callerFor = callersFor(policies, context, at);
    const judged = { from, to, catalog: context.catalog };
    const judge = isApproved
      ? exactJudge(judged)
      : boundedJudge(judged, context.rows.knownOn(type.name));
    const tally = new SimulationTally({ offset, first });
    await judgeAll({
      source: sampledDecisions({ sample, type, purposes, at, callerFor }),
      judge,
      tally,
    });
    return {
      fromVersion: from.version,
      toVersion: to.version,
      isApproved,
      at,
      rows: sample.rows.length,
      subjects: sample.principals.length,
      ...inNumbers(tally),
    };
  }
}

async function judgeAll({
  source,
  judge,
  tally,
}: {
  source: DecisionSource;
  judge: Judge;
  tally: SimulationTally;
}): Promise<void> {
  for await (const asked of source.decisions()) {
    tally.judged(asked);
    for (const decision of judge(asked)) tally.add(asked, decision);
  }
}

function inNumbers(
  tally: SimulationTally,
): Omit<Simulation, "fromVersion" | "toVersion" | "isApproved" | "at" | "rows" | "subjects"> {
  return {
    decisions: tally.decisions,
    same: tally.decisions - tally.changed,
    ...tally.all,
    byRole: sorted(tally.byRole),
    byField: sorted(tally.byField),
    byReason: sorted(tally.byReason),
    differences: tally.told.map(inWords),
    totalDifferences: tally.totalChanges,
  };
}

function sorted(counts: ReadonlyMap<string, ChangeCounts>): SimulatedCount[] {
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => ({ name, ...each }));
}

function inWords({ asked: { caller }, decision, ...change }: ToldChange): SimulatedDifference {
  const { from, to, reasonsBefore, reasonsAfter, isCertain } = change;
  return {
    subjectId: caller.id,
    roles: [...caller.roles],
    purpose: caller.purpose ?? "",
    customerId: String(decision.row["id"]),
    field: decision.field.name,
    direction: directionOf(change),
    from,
    to,
    reasonsBefore: [...reasonsBefore],
    reasonsAfter: [...reasonsAfter],
    isCertain,
  };
}
