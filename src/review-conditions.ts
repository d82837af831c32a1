import type { ReviewConditions } from "./access-reviews/access-review.rules.ts";
import type { LegalTime } from "./policy/law/law.ts";
import { lawOf } from "./policy/law/law.ts";
import { STRICTEST } from "./policy/law/law-pack.ts";
import type { Policy } from "./policy/rule.ts";
import { toxicPairsOf } from "./policy/toxic-pairs.ts";

/**
 * What policy and law say of reviews of roles at a time; null where nothing does, and none is opened.
 * Nobody records under which law an organisation's people work, so the strictest one holds.
 */
export function reviewConditionsOf(policy: Policy, now: Date): ReviewConditions | null {
  const { reviews, law } = policy;
  if (reviews === undefined) return null;
  const dormantAfter =
    law === undefined ? null : lawOf(policy, STRICTEST, now).time("dormant-grant-after");
  return {
    decideWithinDays: reviews.decideWithinDays,
    endsWhenOverdue: reviews.endsWhenOverdue,
    dormantBefore: dormantAfter === null ? null : before(now, dormantAfter),
    exceptRoles: [...policy.roles.values()]
      .filter(({ kind }) => kind === "DATA_SUBJECT")
      .map(({ role }) => role),
    toxicPairsOf: (role, roles) => toxicPairsOf(policy, role, roles),
  };
}

function before(now: Date, { value, unit }: LegalTime): Date {
  const at = new Date(now);
  if (unit === "years") at.setUTCFullYear(at.getUTCFullYear() - value);
  else if (unit === "months") at.setUTCMonth(at.getUTCMonth() - value);
  else if (unit === "hours") at.setUTCHours(at.getUTCHours() - value);
  else at.setUTCDate(at.getUTCDate() - value);
  return at;
}
