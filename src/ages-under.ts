import type { AgesIn } from "./customers/age-limits.ts";
import { lawOf } from "./policy/law/law.ts";
import type { Policy } from "./policy/rule.ts";

/** The ages that the law packs of a policy say at a time. */
export function agesUnder(policy: Policy, at: Date): AgesIn {
  return (jurisdiction) => {
    const law = lawOf(policy, jurisdiction, at);
    return { guardian: law.age("guardian-consent-age"), majority: law.age("majority-age") };
  };
}
