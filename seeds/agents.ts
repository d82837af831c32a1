import type { DemoOrganisationCode } from "../src/identity/demo-organisations.ts";
import { findDemoCaller } from "../src/identity/demo-callers.ts";
import { invariant } from "../src/lib/invariant.ts";
import { STAFF } from "./staff.ts";

/** Agents of the demonstration; the unready ones share the cases of the ready one, so that only their own fault differs. */
const DEMO_AGENTS: Partial<Record<DemoOrganisationCode, readonly string[]>> = {
  transferor: [
    "cs-agent",
    "cs-agent-untrained",
    "cs-agent-no-mfa",
    "cs-agent-low-clearance",
    "cs-agent-night-shift",
  ],
  transferee: ["transferee-cs-agent"],
  unrelated: ["unrelated-cs-agent"],
};

const APPROVED: Partial<Record<DemoOrganisationCode, readonly string[]>> = {
  transferor: ["cs-agent", "data-steward", "compliance-officer"],
  transferee: ["transferee-cs-agent", "transferee-compliance-officer"],
};

/** Ids of the demo agents of an organisation. */
export function demoAgentsOf(organisation: DemoOrganisationCode): readonly string[] {
  return (DEMO_AGENTS[organisation] ?? []).map(principalIdOf);
}

/** Ids of those who may read a minor of an organisation once it was approved. */
export function approvedFor(organisation: DemoOrganisationCode): readonly string[] {
  return (APPROVED[organisation] ?? []).map(principalIdOf);
}

/** Ids of the other agents of an organisation. */
export function otherAgentsOf(organisation: DemoOrganisationCode): readonly string[] {
  return STAFF.filter(
    (person) => person.organisation === organisation && person.roles.includes("CS_AGENT"),
  ).map(({ id }) => id);
}

/** Id of the principal of a demo caller. */
export function principalIdOf(name: string): string {
  const caller = findDemoCaller(name);
  invariant(caller !== null, `${name} is no demo caller`);
  return caller.id;
}
