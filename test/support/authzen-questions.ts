import fc from "fast-check";
import { DISCLOSURES } from "../../src/classification/disclosure.ts";
import { DEMO_CALLERS } from "../../src/identity/demo-callers.ts";
import { POLICY } from "./policy-world.ts";

const TRANSFEROR = "0192a000-0000-7000-8000-000000000101";

/** Attributes of customers that rules read, some of them left out. */
export const supposedAttributes = fc
  .record(
    {
      controllerId: fc.constantFrom(TRANSFEROR, TRANSFEROR, "0192a000-0000-7000-8000-000000000102"),
      state: fc.constantFrom("ACTIVE", "ACTIVE", "RESTRICTED", "SEALED", "DESTROYED"),
      ageBand: fc.constantFrom("ADULT", "ADULT", "YOUTH", "CHILD"),
      disputeOpen: fc.boolean(),
      legalHold: fc.boolean(),
      rightsRequestOpen: fc.boolean(),
      inTransfer: fc.boolean(),
      marketingAllowed: fc.boolean(),
      guardianConsent: fc.boolean(),
      basisPurposes: fc.subarray(["SERVICE_DELIVERY", "MARKETING", "ANALYTICS"]),
      assignedAgentIds: fc.subarray(DEMO_CALLERS.slice(0, 2).map(({ id }) => id)),
      jurisdiction: fc.constantFrom("CN", "CN", "DE"),
    },
    { requiredKeys: ["controllerId"] },
  )
  .map((some) => ({
    formerControllerIds: [],
    prospectiveControllerIds: [],
    minorApprovedIds: [],
    relatedPartyOf: [],
    caseCodes: [],
    originalPurposes: null,
    kind: "INDIVIDUAL",
    province: "福建省",
    ...some,
  }));

/** Callers who need not exist, by attributes, some of them left out. */
export const supposedSubject = fc.record(
  {
    id: fc.constantFrom(...DEMO_CALLERS.slice(0, 4).map(({ id }) => id)),
    roles: fc.subarray([...POLICY.roles.keys()], { minLength: 1, maxLength: 2 }),
    organisation: fc.constantFrom("transferor", "transferor", "transferee", "partner-gmbh"),
    serves: fc.subarray(["transferor", "transferee"]),
    isClient: fc.boolean(),
    scopes: fc.subarray(["customers:read", "contact:read", "identity:read"]),
    fieldCeiling: fc.constantFrom(...DISCLOSURES),
    mfa: fc.boolean(),
    trainingValidUntil: fc.constantFrom("2099-01-01T00:00:00Z", "2020-01-01T00:00:00Z"),
    clearance: fc.constantFrom("PUBLIC", "SENSITIVE", "PRIVATE"),
    withinWorkingHours: fc.boolean(),
    location: fc.constantFrom("CN", "CN", "DE"),
  },
  { requiredKeys: ["roles", "organisation"] },
);
