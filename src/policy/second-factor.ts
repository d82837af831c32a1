import type { Caller } from "../identity/caller.ts";
import { SECOND_FACTOR_KEYS } from "./document-keys.ts";
import type { Section } from "./document.ts";
import type { Policy, SecondFactorRules } from "./rule.ts";

const MINUTE_MS = 60_000;

/**
 * Whether the caller signed in recently enough for the second factor to count. A token that doesn't
 * tell when is taken at its word: its issuer vouches for `mfa` and can say more only where it does.
 */
export function isFresh({
  policy,
  caller,
  now,
}: {
  policy: Pick<Policy, "secondFactor">;
  caller: Pick<Caller, "authenticatedAt">;
  now: Date;
}): boolean {
  if (policy.secondFactor === undefined || caller.authenticatedAt === null) return true;
  const ageMs = now.getTime() - caller.authenticatedAt.getTime();
  return ageMs <= policy.secondFactor.validMinutes * MINUTE_MS;
}

/** The `second-factor:` document: how long one counts. A second document is a fault. */
export function secondFactorRulesIn(documents: readonly Section[]): SecondFactorRules | undefined {
  const [first, ...others] = documents.flatMap((document) => {
    if (!document.has("second-factor") || document.has("role")) return [];
    document.allowOnly(["second-factor"]);
    return document.section("second-factor") ?? [];
  });
  for (const other of others) other.fault('"second-factor" is said twice.');
  return first === undefined ? undefined : secondFactorRules(first);
}

function secondFactorRules(section: Section): SecondFactorRules {
  section.allowOnly(SECOND_FACTOR_KEYS);
  const minutes = section.value("valid-minutes");
  const isAge = typeof minutes === "number" && Number.isSafeInteger(minutes) && minutes > 0;
  if (!isAge) section.fault('"valid-minutes" is a whole number from 1 on.', "valid-minutes");
  return { validMinutes: isAge ? minutes : 0, source: section.text("source") };
}
