import type { NewEngagementRow, NewSampleRow } from "../src/database/seed-engagements.ts";
import { DEMO_ENGAGEMENTS, type DemoEngagement } from "../src/identity/demo-engagements.ts";
import { DEMO_ORGANISATIONS } from "../src/identity/demo-organisations.ts";
import { requireDemoCaller } from "../src/identity/demo-tokens.ts";

/** Customers whom the auditor from outside drew in the fieldwork; their digest comes out again when it is drawn again. */
export function seedSamples(): NewSampleRow[] {
  const auditor = requireDemoCaller("external-auditor");
  const [engagement] = DEMO_ENGAGEMENTS;
  if (engagement === undefined) return [];
  return [
    {
      id: "0192a000-0000-7000-8000-00000000bf01",
      engagementId: engagement.id,
      population: "CUSTOMERS",
      seed: 20_261_001,
      wanted: 10,
      policyVersion: "demonstration",
      populationSize: 42,
      drawn: 10,
      idDigest: "69542abf9a47cb00646dd7e7273e7b4dbe6c131d7790f079f21b89404b203995",
      drawnById: auditor.id,
      drawnBy: auditor.name,
      drawnAt: new Date("2026-10-01T03:00:00Z"),
    },
  ];
}

/** The rows of all audits of the demonstration; whoever could begin has a team that declared itself. */
export function seedEngagements(): NewEngagementRow[] {
  return DEMO_ENGAGEMENTS.map(rowOf);
}

function rowOf({ from, to, firm, team, closed, ...one }: DemoEngagement): NewEngagementRow {
  const planner = requireDemoCaller(one.plannedBy);
  const opener = one.openedBy === null ? null : requireDemoCaller(one.openedBy);
  return {
    ...one,
    organisationId: DEMO_ORGANISATIONS[planner.organisation].id,
    periodFrom: from,
    periodTo: to,
    firmId: DEMO_ORGANISATIONS[firm].id,
    firm: DEMO_ORGANISATIONS[firm].name,
    members: team.map((name, index) => ({
      id: `${one.id.slice(0, -5)}f${one.id.slice(-3)}${index}`,
      principalId: requireDemoCaller(name).id,
      name,
      declaredAt: one.openedAt,
    })),
    plannedById: planner.id,
    openedById: opener?.id ?? null,
    closedBy: closed?.by ?? null,
    closedAt: closed?.at ?? null,
    closeReason: closed?.reason ?? null,
  };
}
