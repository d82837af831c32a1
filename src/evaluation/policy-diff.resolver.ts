import { setImmediate } from "node:timers/promises";
import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import {
  compareFrames,
  comparePolicies,
  type Comparison,
  type PairChanges,
} from "../policy/diff.ts";
import type { ComparedPair } from "../policy/diff-callers.ts";
import { askedType } from "./asked-type.ts";
import { comparedPolicies } from "./compared-policies.ts";
import { countedBy, type LedgerOfAuditor } from "./policy-diff.counts.ts";
import { PolicyDiffInput } from "./policy-diff.inputs.ts";
import { changesInWords, type PairedChange, pairedChanges } from "./policy-diff.lines.ts";
import { PolicyDiff } from "./policy-diff.types.ts";

const MOST_CHANGES = 500;

/** Two policies are bound for every role, purpose and situation, and rows are counted. */
const COST = 20_000;

@Resolver()
export class PolicyDiffResolver {
  @Query(() => PolicyDiff, {
    complexity: COST,
    description:
      "For auditors: what changes between two policies, or from one to a draft, for which callers and on how many rows. Never a value.",
  })
  async policyDiff(
    @Arg("input", () => PolicyDiffInput, { description: "The question." })
    input: PolicyDiffInput,
    @Ctx() context: RequestContext,
  ): Promise<PolicyDiff> {
    askedType({ context, name: "Customer", argument: "input" });
    if (input.first < 1 || input.first > MOST_CHANGES || input.offset < 0)
      throw publicError("BAD_USER_INPUT", { field: "first" });
    const { from, to, isApproved } = await comparedPolicies(input, context);
    const isAsked = (asked: readonly string[] | null | undefined, word: string): boolean =>
      asked == null || asked.includes(word);
    const isWanted = ({ role, purpose }: ComparedPair): boolean =>
      isAsked(input.roles, role) && isAsked(input.purposes, purpose);
    const comparison = { from, to, catalog: context.catalog, now: context.now, isWanted };
    const pairs = await changesFor(comparison, context);
    const all = pairs.flatMap((pair) => pairedChanges(pair, input.withReasons));
    const page = all.slice(input.offset, input.offset + input.first);
    const ledgers = input.withCounts ? await countedPage({ page, context, isApproved }) : [];
    return {
      fromVersion: from.version,
      toVersion: to.version,
      isApproved,
      smallestGroup: context.decisions.counts?.smallestGroup ?? null,
      ...framesOf(comparison),
      changes: page.map(({ change }) => changesInWords(change, ledgers)),
      totalChanges: all.length,
      isProved: pairs.every(({ isProved }) => isProved),
    };
  }
}

/** The changes about permitted types; other requests get their turn in between. */
async function changesFor(comparison: Comparison, context: RequestContext): Promise<PairChanges[]> {
  const found: PairChanges[] = [];
  for (const { changes } of comparePolicies(comparison)) {
    if (changes !== null) found.push(aboutPermittedTypes(changes, context));
    await setImmediate();
  }
  return found;
}

function aboutPermittedTypes(changes: PairChanges, { decisions }: RequestContext): PairChanges {
  const isOurs = ({ type }: { type: string }): boolean => decisions.mayEver("evaluateAccess", type);
  return {
    ...changes,
    fields: changes.fields.filter(isOurs),
    rows: changes.rows.filter(isOurs),
    verbs: changes.verbs.filter(isOurs),
  };
}

function countedPage({
  page,
  context,
  isApproved,
}: {
  page: readonly PairedChange[];
  context: RequestContext;
  isApproved: boolean;
}): Promise<LedgerOfAuditor[]> {
  const pairs = new Set(page.map(({ pair }) => pair));
  return countedBy({ pairs: [...pairs], context, isApproved });
}

function framesOf(
  comparison: Comparison,
): Pick<PolicyDiff, "rolesAdded" | "rolesRemoved" | "purposesAdded" | "purposesRemoved"> {
  const { rolesAdded, rolesRemoved, purposesAdded, purposesRemoved } = compareFrames(comparison);
  return {
    rolesAdded: [...rolesAdded],
    rolesRemoved: [...rolesRemoved],
    purposesAdded: [...purposesAdded],
    purposesRemoved: [...purposesRemoved],
  };
}
