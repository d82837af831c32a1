import type { Caller, CallerDisclosureCase, CallerElevation } from "../identity/caller.ts";

/** Elevations and cases of a table's caller, as far as the table says something of them. */
export function callerItems(
  changes: Readonly<Record<string, unknown>>,
  caller: Caller,
): Partial<Caller> {
  const { elevations, disclosureCases } = changes as {
    readonly elevations?: readonly Partial<CallerElevation>[];
    readonly disclosureCases?: readonly Partial<CallerDisclosureCase>[];
  };
  return {
    ...(elevations && { elevations: elevations.map((one) => elevationOf(one, caller)) }),
    ...(disclosureCases && { disclosureCases: disclosureCases.map(disclosureCaseOf) }),
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

function timeOf(written: unknown): Date {
  return new Date(String(written instanceof Date ? written.toISOString() : written));
}
