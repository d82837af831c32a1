import type { AttributeKind } from "../classification/catalog.ts";
import type { Caller, CallerKind } from "../identity/caller.ts";
import { freeFlowTo } from "./law/cross-border.ts";
import type { AttributeValues } from "./condition.ts";
import type { Policy } from "./rule.ts";
import { isFresh } from "./second-factor.ts";

/** Kinds that only callers have. */
export type CallerAttributeKind = AttributeKind | "timestamp" | "disclosure";

/** What `kind` can be. */
export const CALLER_KINDS: readonly CallerKind[] = ["PERSON", "CLIENT", "ANONYMOUS"];

/** Every caller attribute that a rule may read, with its kind; nothing else is a word. */
export const CALLER_ATTRIBUTES: Readonly<Record<string, CallerAttributeKind>> = {
  id: "uuid",
  kind: "text",
  organisationId: "uuid",
  organisationIsFinancial: "boolean",
  organisationIsOperator: "boolean",
  servedOrganisationIds: "uuid[]",
  roles: "text[]",
  roleKinds: "text[]",
  purpose: "text",
  purposeBasis: "text",
  scopes: "text[]",
  fieldCeiling: "disclosure",
  mfa: "boolean",
  trainingValidUntil: "timestamp",
  clearance: "text",
  withinWorkingHours: "boolean",
  customerId: "uuid",
  customerReference: "uuid",
  caseCodes: "text[]",
  location: "text",
  exportKeys: "text[]",
  freeFlowFrom: "text[]",
};

/**
 * The caller as rules see it at a time; what follows from the policy (`roleKinds`, `purposeBasis`,
 * `freeFlowFrom`, and whether a second factor is still worth something) is added here.
 */
export function callerAttributes({
  policy,
  caller,
  now,
}: {
  policy: Policy;
  caller: Caller;
  now: Date;
}): AttributeValues {
  const roleKinds = caller.roles.flatMap((role) => policy.roles.get(role)?.kind ?? []);
  const basis =
    caller.purpose === null ? null : (policy.purposes.get(caller.purpose)?.basis ?? null);
  return {
    id: caller.id === "" ? null : caller.id,
    kind: caller.kind,
    organisationId: caller.organisationId === "" ? null : caller.organisationId,
    organisationIsFinancial: caller.organisationIsFinancial,
    organisationIsOperator: caller.organisationIsOperator,
    servedOrganisationIds: caller.servedOrganisationIds,
    roles: caller.roles,
    roleKinds: [...new Set(roleKinds)].sort(),
    purpose: caller.purpose,
    purposeBasis: basis,
    scopes: caller.scopes,
    fieldCeiling: caller.fieldCeiling,
    mfa: caller.mfa && isFresh({ policy, caller, now }),
    trainingValidUntil: caller.trainingValidUntil,
    clearance: caller.clearance,
    withinWorkingHours: caller.withinWorkingHours,
    customerId: caller.customerId,
    customerReference: caller.customerReference ?? null,
    caseCodes: caller.caseCodes,
    location: caller.location,
    exportKeys: caller.exportKeys,
    freeFlowFrom: freeFlowTo({ policy, location: caller.location, at: now }),
  };
}
