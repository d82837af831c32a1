import type { JWTPayload } from "jose";
import { BootError } from "../lib/boot-error.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import type { Caller } from "./caller.ts";
import { callerOf } from "./caller-of.ts";
import { readClaims } from "./claims.ts";
import { DEMO_CALLERS, findDemoCaller, type DemoCaller } from "./demo-callers.ts";
import { demoPrincipal } from "./demo-principals.ts";
import { claimMappingSchema } from "./token-issuer.ts";

/** The claims of our own tokens for a demo caller, without those about issue and expiry. */
export function demoClaims(demoCaller: DemoCaller, purposes: readonly string[]): JWTPayload {
  const { fieldCeiling, allowedNetworks, customerId, caseCodes, caseFields } = demoCaller;
  return {
    sub: demoCaller.id,
    org: demoCaller.organisation,
    kind: demoCaller.kind,
    roles: demoCaller.roles,
    purposes,
    scope: demoCaller.scopes.join(" "),
    amr: demoCaller.mfa ? ["pwd", "otp", "mfa"] : ["pwd"],
    serves: demoCaller.serves,
    ...(fieldCeiling !== null && { ceiling: fieldCeiling }),
    ...(allowedNetworks.length > 0 && { networks: allowedNetworks }),
    ...(customerId !== null && { customer: customerId }),
    ...(caseCodes.length > 0 && { cases: caseCodes }),
    ...(caseFields.length > 0 && { case_fields: caseFields }),
  };
}

/**
 * The caller that a demo caller's token leads to, without making the token: for tests and for
 * trying policies out.
 */
export function demoCallerAt(from: { name: string; purpose?: string; now: Date }): Caller {
  const demoCaller = requireDemoCaller(from.name);
  const payload = { ...demoClaims(demoCaller, demoCaller.purposes), jti: `demo-${from.name}` };
  const claims = readClaims({ payload, mapping: claimMappingSchema.parse({}) });
  const only = claims.purposes.length === 1 ? claims.purposes[0] : undefined;
  return callerOf({
    claims,
    record: demoPrincipal(demoCaller),
    purpose: from.purpose ?? only ?? null,
    now: from.now,
  });
}

/** The demo caller of that name; a BootError with the list of names when there is none. */
export function requireDemoCaller(name: string): DemoCaller {
  const found = findDemoCaller(name);
  if (found !== null) return found;
  const names = DEMO_CALLERS.map((caller) => caller.name);
  throw new BootError([
    `There is no demo caller "${name}".${didYouMean(name, names)}`,
    `Demo callers: ${names.join(", ")}`,
  ]);
}
