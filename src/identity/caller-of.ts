import { lowerOf, type Disclosure } from "../classification/disclosure.ts";
import { deepFreeze } from "../lib/deep-freeze.ts";
import type { Caller, CallerEngagement } from "./caller.ts";
import type { TokenClaims } from "./claims.ts";
import type { MechanismReference, PrincipalRecord } from "./principal-directory.ts";
import { isWithin } from "./working-hours.ts";

/**
 * Brings a verified token and the principal's record together. The record says what is possible at
 * most, the token what is meant this time: a claim narrows and never widens.
 *
 * The caller comes back frozen, for one request at one instant (`now`).
 */
export function callerOf(from: {
  claims: TokenClaims;
  record: PrincipalRecord;
  purpose: string | null;
  now: Date;
}): Caller {
  const { claims, record, purpose, now } = from;
  // Whoever is not engaged by others works for their own organisation.
  const possible = record.serves.length === 0 ? [record.organisation] : record.serves;
  const location = claims.location ?? record.location;
  const served = possible.filter(({ code }) => claims.serves?.includes(code) ?? true);
  const caseCodes = narrowed(record.caseCodes, claims.cases);
  const disclosureCases = record.disclosureCases
    .filter(({ code }) => caseCodes.includes(code))
    .map((one) => ({ ...one, fields: narrowed(one.fields, claims.caseFields) }));
  return deepFreeze<Caller>({
    id: record.id,
    kind: record.kind,
    name: record.name,
    organisationId: record.organisation.id,
    organisationCode: record.organisation.code,
    organisationIsFinancial: record.organisation.financial,
    organisationIsOperator: record.organisation.operator,
    servedOrganisationIds: served.map(({ id }) => id),
    roles: inBoth(claims.roles, rolesAt(record, now)),
    purposes: claims.purposes,
    purpose,
    scopes: inBoth(claims.scopes, record.scopes),
    fieldCeiling: lowerCeiling(claims.fieldCeiling, record.fieldCeiling),
    mfa: claims.authenticationMethods.includes("mfa"),
    authenticatedAt: claims.authenticatedAt,
    trainingValidUntil: record.trainingValidUntil,
    // Both are the employer's to say, so no claim is read for them.
    clearance: record.clearance,
    withinWorkingHours: record.workingHours === null || isWithin(record.workingHours, now),
    customerId: record.customerId,
    caseCodes,
    elevations: record.elevations,
    disclosureCases,
    engagements: engagementsOf({ record, claims, served: served.map(({ id }) => id) }),
    location,
    exportKeys: exportKeysAt({ mechanisms: record.mechanisms, location, now }),
    tokenId: claims.tokenId,
  });
}

/**
 * A principal as it would call with all that its record allows, for questions about it. No token
 * exists, so the purpose is the question's and whether there is a second factor is said with it.
 */
export function supposedCallerOf(from: {
  record: PrincipalRecord;
  purpose: string;
  mfa: boolean;
  now: Date;
}): Caller {
  const { record, purpose, mfa, now } = from;
  const claims: TokenClaims = {
    tokenId: "",
    organisation: record.organisation.code,
    subject: record.id,
    kind: record.kind,
    customer: record.customerId,
    roles: rolesAt(record, now),
    purposes: [purpose],
    scopes: [...record.scopes],
    fieldCeiling: null,
    authenticationMethods: mfa ? ["mfa"] : [],
    authenticatedAt: now,
    serves: null,
    cases: null,
    caseFields: null,
    networks: null,
    location: null,
  };
  return callerOf({ claims, record, purpose, now });
}

/**
 * Laws and controllers from which data may come to a place, by the mechanisms that hold at that
 * instant: its start included, its end and its withdrawal not. To nowhere, nothing may.
 */
export function exportKeysAt({
  mechanisms,
  location,
  now,
}: {
  mechanisms: readonly MechanismReference[];
  location: string | null;
  now: Date;
}): string[] {
  const holds = ({ validFrom, validTo, withdrawnAt }: MechanismReference): boolean =>
    validFrom <= now &&
    (validTo === null || now < validTo) &&
    (withdrawnAt === null || now < withdrawnAt);
  const keys = mechanisms
    .filter((one) => one.to === location && holds(one))
    .map(({ from, controllerId }) => `${from}/${controllerId}`);
  return [...new Set(keys)].sort();
}

/** Audits of the organisations for which the caller works this time, among those that the token names. */
function engagementsOf({
  record,
  claims,
  served,
}: {
  record: PrincipalRecord;
  claims: TokenClaims;
  served: readonly string[];
}): CallerEngagement[] {
  return record.engagements
    .filter(({ code }) => claims.cases?.includes(code) ?? true)
    .map((one) => ({
      ...one,
      organisationIds: one.organisationIds.filter((id) => served.includes(id)),
    }));
}

/** Roles whose assignment holds at that instant: its start included, its end not. */
export function rolesAt(record: PrincipalRecord, now: Date): string[] {
  return record.roleAssignments
    .filter(({ validFrom, validTo }) => validFrom <= now && (validTo === null || now < validTo))
    .map(({ role }) => role);
}

function inBoth(claimed: readonly string[], possible: readonly string[]): string[] {
  return claimed.filter((word) => possible.includes(word));
}

/** A claim that is absent leaves the record's list; one that is empty leaves nothing. */
function narrowed(possible: readonly string[], claimed: readonly string[] | null): string[] {
  return claimed === null ? [...possible].sort() : inBoth(claimed, possible);
}

function lowerCeiling(claimed: Disclosure | null, recorded: Disclosure | null): Disclosure | null {
  if (claimed === null || recorded === null) return claimed ?? recorded;
  return lowerOf(claimed, recorded);
}
