import { deepFreeze } from "../lib/deep-freeze.ts";
import type { CallerDisclosureCase, CallerEngagement } from "./caller.ts";
import { DEMO_DISCLOSURE_CASES } from "./demo-disclosure-cases.ts";
import { DEMO_ENGAGEMENTS } from "./demo-engagements.ts";
import { DEMO_CALLERS, type DemoCaller } from "./demo-callers.ts";
import { mechanismsTo } from "./demo-mechanisms.ts";
import { DEMO_ORGANISATIONS } from "./demo-organisations.ts";
import type { PrincipalRecord } from "./principal-directory.ts";

/** Since when the roles of demo callers hold. */
export const DEMO_ROLES_VALID_FROM = new Date("2026-01-01T00:00:00Z");

/** The record of a demo caller as the seeds write it to the database. */
export function demoPrincipal(caller: DemoCaller): PrincipalRecord {
  const { id, code, financial, operator } = DEMO_ORGANISATIONS[caller.organisation];
  return deepFreeze<PrincipalRecord>({
    id: caller.id,
    kind: caller.kind,
    name: caller.name,
    state: "ACTIVE",
    organisation: { id, code, state: "ACTIVE", financial, operator },
    serves: caller.serves.map((served) => ({ id: DEMO_ORGANISATIONS[served].id, code: served })),
    roleAssignments: caller.roles.map((role) => ({
      role,
      validFrom: DEMO_ROLES_VALID_FROM,
      validTo: null,
    })),
    scopes: caller.scopes,
    fieldCeiling: caller.fieldCeiling,
    trainingValidUntil: caller.trainingValidUntil,
    clearance: caller.clearance,
    workingHours: caller.workingHours,
    customerId: caller.customerId,
    allowedNetworks: caller.allowedNetworks,
    caseCodes: caller.caseCodes,
    location: caller.location,
    mechanisms: mechanismsTo(caller.organisation),
    elevations: [],
    disclosureCases: disclosureCasesOf(caller.caseCodes),
    engagements: engagementsOf(caller.name),
  });
}

/** The records of all demo callers; their `issuer` is DEVELOPMENT_ISSUER and their `subject` the id. */
export const DEMO_PRINCIPALS: readonly PrincipalRecord[] = DEMO_CALLERS.map(demoPrincipal);

function engagementsOf(name: string): CallerEngagement[] {
  return DEMO_ENGAGEMENTS.filter(
    ({ team, state }) => team.includes(name) && state !== "CLOSED",
  ).map(({ id, code, state, organisationIds, transferIds, limitedToTransfers, from, to }) => ({
    id,
    code,
    state,
    organisationIds,
    transferIds,
    limitedToTransfers,
    from,
    to,
  }));
}

function disclosureCasesOf(codes: readonly string[]): CallerDisclosureCase[] {
  return DEMO_DISCLOSURE_CASES.filter(({ code }) => codes.includes(code)).map(
    ({ code, fields, jurisdiction, approvalRef, state }) => ({
      code,
      fields,
      jurisdiction,
      approvalRef,
      state,
    }),
  );
}
