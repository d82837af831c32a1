import type { Catalog } from "../classification/catalog.ts";
import { PolicyEngine } from "../policy/decisions.ts";
import { PolicyFaults } from "../policy/fault.ts";
import type { Policy } from "../policy/rule.ts";
import type { RequestContext } from "../graphql/context.ts";

/** Callers of a replay whose rules are kept bound at a time. */
const MOST_CALLERS = 200;

const engines = new WeakMap<Policy, PolicyEngine>();

/** Decides by a policy as the product would: times count in whole seconds there as here. */
export function engineFor(policy: Policy, catalog: Catalog): PolicyEngine {
  const known =
    engines.get(policy) ?? new PolicyEngine({ policy, catalog, maxCallers: MOST_CALLERS });
  engines.set(policy, known);
  return known;
}

/** A version of the policy; null where it is not kept, or has words that are none today. */
export async function policyOf(
  version: string,
  { policies }: RequestContext,
): Promise<Policy | null> {
  try {
    return (await policies.find(version))?.policy ?? null;
  } catch (error) {
    if (error instanceof PolicyFaults) return null;
    throw error;
  }
}
