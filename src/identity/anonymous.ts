import { deepFreeze } from "../lib/deep-freeze.ts";
import type { Caller } from "./caller.ts";

/** Whoever sends no token: a caller like any other, who holds nothing. */
export const ANONYMOUS_CALLER: Caller = deepFreeze<Caller>({
  id: "",
  kind: "ANONYMOUS",
  name: "anonymous",
  organisationId: "",
  organisationCode: "",
  servedOrganisationIds: [],
  roles: [],
  purposes: [],
  purpose: null,
  scopes: [],
  fieldCeiling: null,
  mfa: false,
  trainingValidUntil: null,
  customerId: null,
  caseCodes: [],
  caseFields: [],
  elevations: [],
  disclosureCases: [],
  tokenId: "",
});
