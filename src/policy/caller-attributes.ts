import type { AttributeKind } from "../classification/catalog.ts";
import type { Caller, CallerKind } from "../identity/caller.ts";
import type { AttributeValues } from "./condition.ts";
import type { Policy } from "./rule.ts";

/** Kinds that only callers have. */
export type CallerAttributeKind = AttributeKind | "timestamp" | "disclosure";

/** What `kind` can be. */
export const CALLER_KINDS: readonly CallerKind[] = ["PERSON", "CLIENT", "ANONYMOUS"];

/** Every caller attribute that a rule may read, with its kind; nothing else is a word. */
export const CALLER_ATTRIBUTES: Readonly<Record<string, CallerAttributeKind>> = {
  id: "uuid",
  kind: "text",
  organisationId: "uuid",
  servedOrganisationIds: "uuid[]",
  roles: "text[]",
  roleKinds: "text[]",
  purpose: "text",
  purposeBasis: "text",
  scopes: "text[]",
  fieldCeiling: "disclosure",
  mfa: "boolean",
  trainingValidUntil: "timestamp",
  customerId: "uuid",
  caseCodes: "text[]",
  caseFields: "text[]",
};

/** The caller as rules see it; what follows from the policy (`roleKinds`, `purposeBasis`) is added here. */
export function callerAttributes(policy: Policy, caller: Caller): AttributeValues {
  const roleKinds = caller.roles.flatMap((role) => policy.roles.get(role)?.kind ?? []);
  const basis =
    caller.purpose === null ? null : (policy.purposes.get(caller.purpose)?.basis ?? null);
  return {
    id: caller.id === "" ? null : caller.id,
    kind: caller.kind,
    organisationId: caller.organisationId === "" ? null : caller.organisationId,
    servedOrganisationIds: caller.servedOrganisationIds,
    roles: caller.roles,
    roleKinds: [...new Set(roleKinds)].sort(),
    purpose: caller.purpose,
    purposeBasis: basis,
    scopes: caller.scopes,
    fieldCeiling: caller.fieldCeiling,
    mfa: caller.mfa,
    trainingValidUntil: caller.trainingValidUntil,
    customerId: caller.customerId,
    caseCodes: caller.caseCodes,
    caseFields: caller.caseFields,
  };
}
