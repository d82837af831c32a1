import type {
  Caller,
  CallerDisclosureCase,
  CallerElevation,
  CallerEngagement,
} from "../identity/caller.ts";

/** Elevations, cases and audits of a table's caller, as far as the table says something of them. */
export function callerItems(
  changes: Readonly<Record<string, unknown>>,
  caller: Caller,
): Partial<Caller> {
  const { elevations, disclosureCases, engagements } = changes as {
    readonly elevations?: readonly Partial<CallerElevation>[];
    readonly disclosureCases?: readonly Partial<CallerDisclosureCase>[];
    readonly engagements?: readonly Partial<CallerEngagement>[];
  };
  return {
    ...(elevations && { elevations: elevations.map((one) => elevationOf(one, caller)) }),
    ...(disclosureCases && { disclosureCases: disclosureCases.map(disclosureCaseOf) }),
    ...(engagements && { engagements: engagements.map((one) => engagementOf(one, caller)) }),
  };
}

/** Times are written as text; what is left out is of the purpose at hand, and not yet reviewed. */
function elevationOf(one: Partial<CallerElevation>, caller: Caller): CallerElevation {
  return {
    id: "elevation",
    customerId: "",
    fields: [],
    purpose: caller.purpose ?? "",
    ...one,
    from: timeOf(one.from),
    until: timeOf(one.until),
    reviewedAt: one.reviewedAt == null ? null : timeOf(one.reviewedAt),
  };
}

function disclosureCaseOf(one: Partial<CallerDisclosureCase>): CallerDisclosureCase {
  return {
    code: "",
    fields: [],
    jurisdiction: "CN",
    approvalRef: null,
    state: "APPROVED",
    ...one,
  };
}

/** What is left out is of one who audits all that the caller serves, at this moment. */
function engagementOf(one: Partial<CallerEngagement>, caller: Caller): CallerEngagement {
  return {
    id: "engagement",
    code: "ENGAGEMENT",
    state: "FIELDWORK",
    organisationIds: caller.servedOrganisationIds,
    transferIds: [],
    limitedToTransfers: (one.transferIds ?? []).length > 0,
    from: "2026-01-01",
    to: "2026-12-31",
    ...one,
  };
}

function timeOf(written: unknown): Date {
  return new Date(String(written instanceof Date ? written.toISOString() : written));
}
