import fc from "fast-check";
import { addPrincipals } from "../../../src/database/seed-writer.ts";
import { inTransaction } from "../../../src/database/transaction.ts";
import { DEMO_CALLERS, type DemoCaller } from "../../../src/identity/demo-callers.ts";
import { DEMO_MECHANISMS } from "../../../src/identity/demo-mechanisms.ts";
import { DEMO_ORGANISATIONS } from "../../../src/identity/demo-organisations.ts";
import { demoPrincipal } from "../../../src/identity/demo-principals.ts";
import { DEVELOPMENT_ISSUER } from "../../../src/identity/development-issuer-name.ts";
import { runSeed } from "../../support/runs.ts";
import type { TestServer } from "../../support/start-test-server.ts";
import { TEMPLATE_NOW } from "../../support/template.ts";
import { addOtherAudits, auditCodeOf, auditsOf } from "./audits.ts";
import type { AskerFacts } from "./facts.ts";
import { LEVELS } from "./levels.ts";

/** Somebody with a token, and what the reference may know of them. */
export interface Asker {
  readonly facts: AskerFacts;
  readonly token: () => Promise<string>;
}

const LAPSED = new Date("2026-11-23T11:59:59Z");
const VARIATIONS = 6;

/** From ten in the evening to six in the morning; the tests take place at eight in the evening. */
const NIGHT_SHIFT: DemoCaller["workingHours"] = {
  timeZone: "Asia/Shanghai",
  days: ["MON", "TUE", "WED", "THU", "FRI"],
  from: "22:00",
  to: "06:00",
};

/**
 * Principals beside those of the demonstration: people without training or with little clearance,
 * people who are not at work, and people of two roles and some purposes more.
 */
const OTHERS: readonly DemoCaller[] = DEMO_CALLERS.flatMap((one, at) => {
  const other = DEMO_CALLERS[(at + 4) % DEMO_CALLERS.length] as DemoCaller;
  const untrained = {
    ...one,
    id: idOf(at),
    name: `${one.name}, untrained`,
    trainingValidUntil: LAPSED,
  };
  const double: DemoCaller = {
    ...one,
    id: idOf(100 + at),
    name: `${one.name} and ${other.name}`,
    roles: [...new Set([...one.roles, ...other.roles])],
    purposes: [...new Set([...one.purposes, ...other.purposes, "RISK_AML", "PUBLICATION"])],
    caseCodes: [...new Set([...one.caseCodes, ...other.caseCodes])],
    caseFields: [...new Set([...one.caseFields, ...other.caseFields])],
  };
  const restricted: DemoCaller = {
    ...one,
    id: idOf(200 + at),
    name: `${one.name}, restricted`,
    clearance: at % 2 === 0 ? "SENSITIVE" : null,
    workingHours: at % 3 === 0 ? NIGHT_SHIFT : null,
    location: [one.location, "SG", null][at % 3] ?? null,
  };
  const isAuditor = double.roles.includes("EXTERNAL_AUDITOR") && double.caseCodes.length > 0;
  const named = isAuditor ? [...double.caseCodes, auditCodeOf(double.id)] : double.caseCodes;
  return [untrained, { ...double, caseCodes: named }, restricted];
});

function idOf(number: number): string {
  return `0192a000-0000-7000-8000-00000000a${String(number).padStart(3, "0")}`;
}

/** Every principal with the token it has, and with tokens that say less of it. */
export const PRINCIPALS: readonly DemoCaller[] = [...DEMO_CALLERS, ...OTHERS];

/** Adds those who are not of the demonstration. */
export async function addOtherPrincipals(server: TestServer): Promise<void> {
  const { app } = server;
  const principals = OTHERS.map((one) => ({
    issuer: DEVELOPMENT_ISSUER,
    subject: one.id,
    record: demoPrincipal(one),
  }));
  await inTransaction(app.services.database.pool, (client) => addPrincipals(client, principals));
  await addOtherAudits(server, OTHERS);
}

/** Everybody with each of their purposes, in several variations of their tokens. */
export function askersOf(server: TestServer): Asker[] {
  const variations = fc.sample(generatedToken, {
    seed: runSeed(),
    numRuns: PRINCIPALS.length * VARIATIONS,
  });
  return PRINCIPALS.flatMap((principal, at) =>
    [null, ...variations.slice(at * VARIATIONS, (at + 1) * VARIATIONS)].flatMap((variation) => {
      const said = variation === null ? principal : variation(principal);
      const token = tokenOf(server, said);
      return said.purposes.map((purpose) => ({ facts: factsOf(principal, said, purpose), token }));
    }),
  );
}

/** What a token says less, or says of the moment: a second factor, a ceiling, fewer scopes, roles and cases. */
const generatedToken = fc
  .record({
    mfa: fc.boolean(),
    ceiling: fc.constantFrom(null, null, ...LEVELS),
    fewer: fc.infiniteStream(fc.nat({ max: 3 })),
  })
  .map(({ mfa, ceiling, fewer }) => (one: DemoCaller): DemoCaller => {
    const some = (words: readonly string[]): string[] =>
      words.filter(() => (fewer.next().value as number) > 0);
    return {
      ...one,
      mfa,
      fieldCeiling: ceiling,
      scopes: some(one.scopes),
      roles: some(one.roles),
      caseCodes: some(one.caseCodes),
      caseFields: some(one.caseFields),
    };
  });

function tokenOf({ app }: TestServer, demoCaller: DemoCaller): () => Promise<string> {
  let issued: Promise<string> | undefined;
  return () =>
    (issued ??=
      app.developmentIssuer?.issueDemoToken({ demoCaller, now: TEMPLATE_NOW }) ??
      Promise.reject(new Error("Production has no demo callers.")));
}

/** A claim narrows what the record says; one that is absent leaves it as it is. */
function factsOf(record: DemoCaller, token: DemoCaller, purpose: string): AskerFacts {
  const ceilings = [record.fieldCeiling, token.fieldCeiling].filter((one) => one !== null);
  const orElse = (claimed: readonly string[], recorded: readonly string[]): readonly string[] =>
    claimed.length === 0 ? recorded : claimed;
  const cases = orElse(token.caseCodes, record.caseCodes);
  // The order of an authority lists the fields, and it was sent to the transferor: who does not work
  // for it has none.
  const worksForTransferor = [record.organisation, ...record.serves].includes("transferor");
  const orders = worksForTransferor ? cases.filter((code) => code.startsWith("DISCLOSURE-")) : [];
  const listed = orders.length > 0 ? orElse(token.caseFields, record.caseFields) : [];
  return {
    name: record.name,
    id: record.id,
    roles: token.roles,
    purpose,
    organisation: DEMO_ORGANISATIONS[record.organisation].id,
    serves: record.serves.map((code) => DEMO_ORGANISATIONS[code].id),
    isOfFinance: record.organisation === "transferee",
    clearance: record.clearance,
    isAtWork: record.workingHours === null,
    isMachine: record.kind === "CLIENT",
    hasSecondFactor: token.mfa,
    isTrained: record.trainingValidUntil !== null && record.trainingValidUntil >= TEMPLATE_NOW,
    scopes: token.scopes,
    ceiling: LEVELS.find((level) => ceilings.includes(level)) ?? null,
    customer: record.customerId,
    cases,
    orders,
    audits: auditsOf(record, token, OTHERS),
    listedFields: listed,
    place: record.location,
    mechanisms: DEMO_MECHANISMS.filter(
      ({ recipientId, withdrawnAt }) =>
        recipientId === DEMO_ORGANISATIONS[record.organisation].id && withdrawnAt === null,
    ).map(({ from, controllerId, to }) => `${from} of ${controllerId} to ${to}`),
  };
}
