import type { NewPrincipal } from "../src/database/seed-writer.ts";
import { DEMO_ORGANISATIONS } from "../src/identity/demo-organisations.ts";
import { DEMO_PRINCIPALS, DEMO_ROLES_VALID_FROM } from "../src/identity/demo-principals.ts";
import { DEVELOPMENT_ISSUER } from "../src/identity/development-issuer-name.ts";
import type { PrincipalRecord } from "../src/identity/principal-directory.ts";
import { STAFF, type StaffMember } from "./staff.ts";

const TRAINED = new Date("2099-12-31T00:00:00Z");

/** The demo callers and the other staff, as principals of the development issuer. */
export function seedPrincipals(): NewPrincipal[] {
  return [...DEMO_PRINCIPALS, ...STAFF.map(staffPrincipal)].map((record) => ({
    issuer: DEVELOPMENT_ISSUER,
    subject: record.id,
    record,
  }));
}

function staffPrincipal({ id, name, roles, ...member }: StaffMember): PrincipalRecord {
  const organisation = { ...DEMO_ORGANISATIONS[member.organisation], state: "ACTIVE" as const };
  return {
    id,
    kind: "PERSON",
    name,
    state: "ACTIVE",
    organisation,
    serves: [organisation],
    roleAssignments: roles.map((role) => ({
      role,
      validFrom: DEMO_ROLES_VALID_FROM,
      validTo: null,
    })),
    scopes: [],
    fieldCeiling: null,
    trainingValidUntil: TRAINED,
    clearance: "PRIVATE",
    workingHours: null,
    customerId: null,
    allowedNetworks: [],
    caseCodes: [],
    location: member.organisation === "transferee" ? "DE" : "CN",
    mechanisms: [],
    elevations: [],
    disclosureCases: [],
    engagements: [],
  };
}
