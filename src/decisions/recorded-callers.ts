import { callerDigest } from "../audit/circumstances.ts";
import { callerIn } from "../audit/caller-state.ts";
import type { DecisionRecord } from "../audit/decision-record.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { Caller } from "../identity/caller.ts";

/**
 * Callers as they were when they asked, by the digest that records name them by; whose state is not
 * there, or is not what was digested, is left out.
 */
export async function recordedCallers(
  records: readonly DecisionRecord[],
  { decisionSources, references }: RequestContext,
): Promise<ReadonlyMap<string, Caller>> {
  const digests = [...new Set(records.map(({ caller }) => caller.state))];
  const texts = await decisionSources.callerStates(digests);
  const sound = [...texts].filter(([digest, text]) => callerDigest(text) === digest);
  const customerOf = (reference: string): string | null => references.customerOf(reference);
  return new Map(sound.map(([digest, text]) => [digest, callerIn(text, customerOf)]));
}
