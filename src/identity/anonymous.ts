import { deepFreeze } from "../lib/deep-freeze.ts";
import type { Caller } from "./caller.ts";

/** Whoever sends no token: a caller like any other, who holds nothing. */
export const ANONYMOUS_CALLER: Caller = deepFreeze<Caller>({
  id: "",
  kind: "ANONYMOUS",
  name: "anonymous",
  organisationId: "",
  organisationCode: "",
  organisationIsFinancial: false,
  organisationIsOperator: false,
  servedOrganisationIds: [],
  roles: [],
  purposes: [],
  purpose: null,
  scopes: [],
  fieldCeiling: null,
  mfa: false,
  authenticatedAt: null,
  trainingValidUntil: null,
  clearance: null,
  withinWorkingHours: true,
  customerId: null,
  caseCodes: [],
  location: null,
  exportKeys: [],
  elevations: [],
  disclosureCases: [],
  engagements: [],
  tokenId: "",
});
