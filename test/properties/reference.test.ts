import fc from "fast-check";
import pg from "pg";
import { drawsFrom, randomChange, randomQuery } from "../support/random-document.ts";
import { noted } from "../support/record-properties.ts";
import { propertyRuns } from "../support/runs.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";
import { addOtherPrincipals, type Asker, askersOf, PRINCIPALS } from "./reference/askers.ts";
import type { Answer } from "./reference/answer.ts";
import { Comparison } from "./reference/compare.ts";
import { FIELDS } from "./reference/fields.ts";
import { judge } from "./reference/judge.ts";
import { askedBy } from "./reference/read-answer.ts";
import { absenceOf } from "./reference/rows.ts";
import { type KnownCustomer, readWorld, settleWorld, type World } from "./reference/world.ts";

/*
 * Every field of every answer, over HTTP, is what the matrix says: the reference under reference/ was
 * written from it by hand, and shares no line with the engine.
 */

let server: TestServer;
let client: pg.Client;
let world: World;
let askers: readonly Asker[];

beforeAll(async () => {
  server = await startTestServer({ settings: { MAX_COST: "10000000", MAX_ALIASES: "1000" } });
  client = new pg.Client(server.database.url);
  await client.connect();
  await addOtherPrincipals(server);
  world = await settleWorld(
    server,
    client,
    PRINCIPALS.map(({ id }) => id),
  );
  askers = askersOf(server);
}, 60_000);
afterAll(async () => {
  await client.end();
  await server.close();
});

async function ask({ facts, token }: Asker, query: string): Promise<Answer> {
  const response = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${await token()}`,
      "x-purpose": facts.purpose,
    },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
}

const someAsker = fc.nat().map((n) => askers[n % askers.length] as Asker);

test("every field of every document's answer, and what is told beside it, is what the matrix says", async () => {
  const { schema } = server.app.services.api;
  const ids = [...world.customers.keys(), ...world.transfers.keys()];
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(someAsker, fc.nat(), async (asker, n) => {
      const query = randomQuery({ schema, ids, draw: drawsFrom(n) });
      const answer = await ask(asker, query);
      if (answer.data == null) throw new Error(JSON.stringify(answer.errors));
      const comparison = new Comparison(asker.facts, world, answer);
      comparison.compareQuery(askedBy(query), answer.data);
      compared += comparison.fields;
    }),
    { numRuns: propertyRuns(1_000), endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(1_000);
  noted({ "fields compared": compared });
}, 400_000);

test("every asker's answer about every customer, field by field, is what the matrix says", async () => {
  const whole = [...(FIELDS["Customer"]?.keys() ?? [])]
    .filter((name) => !["controller", "events", "transfers"].includes(name))
    .join(" ");
  const query = `{ customers(first: 100) { totalCount nodes { __typename id ${whole}
    controller { id } access { field disclosure reason } } } }`;
  const asked = askedBy(query);
  let compared = 0;
  // Every asker once, and more of them in the long run.
  await fc.assert(
    fc.asyncProperty(someAsker, async (asker) => {
      const answer = await ask(asker, query);
      const comparison = new Comparison(asker.facts, world, answer);
      comparison.compareQuery(asked, answer.data ?? {});
      compared += comparison.fields;
    }),
    { numRuns: propertyRuns(1_000), endOnFailure: true },
  );
  noted({ "fields compared": compared });
}, 400_000);

test("a change gives back what the matrix says, or is refused where the matrix does not let it", async () => {
  const { schema } = server.app.services.api;
  const people = new Map([...world.customers].map(([id, { person }]) => [id, person]));
  const isSteward = ({ facts }: Asker): boolean =>
    facts.roles.includes("DATA_STEWARD") && facts.purpose === "DATA_QUALITY";
  const stewards = fc.constantFrom(...askers.filter(isSteward));
  const customers = [...world.customers.values()];
  // Most questions are of stewards about customers of their own organisation.
  const question = fc.oneof({ weight: 3, arbitrary: stewards }, someAsker).chain((asker) =>
    fc.record({
      asker: fc.constant(asker),
      id: fc
        .oneof(
          fc.constantFrom(
            ...customers.filter(({ controller }) => controller === asker.facts.organisation),
            ...customers.slice(0, 1),
          ),
          fc.constantFrom(...customers),
        )
        .map((one) => one.id),
    }),
  );
  let changed = 0;
  await fc.assert(
    fc.asyncProperty(question, fc.nat(), async ({ asker, id }, n) => {
      const customer = world.customers.get(id) as KnownCustomer;
      const value = customer.person.get("phone")?.get("CLEAR") ?? "";
      const input = `{ id: "${id}", expectedVersion: ${Number(customer.clear["version"])}, phone: "${value}" }`;
      const query = randomChange({ schema, ids: [id], draw: drawsFrom(n) }, input);
      const answer = await ask(asker, query);
      const refusal = refusalOf(asker, customer);
      expect({ asker: asker.facts, code: answer.errors?.[0]?.extensions["code"] ?? null }).toEqual({
        asker: asker.facts,
        code: refusal,
      });
      if (refusal !== null) return;
      changed++;
      world = await readWorld(client, people);
      const payload = answer.data?.["changed"] as { whole: Record<string, unknown> };
      const [root] = askedBy(query);
      const [whole] = root?.below("UpdateCustomerPayload") ?? [];
      new Comparison(asker.facts, world, answer).compareChanged(
        whole?.below("Customer") ?? [],
        payload.whole,
        ["changed", "whole"],
      );
    }),
    { numRuns: propertyRuns(1_000), endOnFailure: true },
  );
  expect(changed).toBeGreaterThan(50);
  noted({ "changes made": changed });
}, 400_000);

/** Stewards who check data change what they read in clear (the product's decision 0008). */
function refusalOf({ facts }: Asker, customer: KnownCustomer): string | null {
  const absence = absenceOf(facts, customer);
  if (absence !== null) return absence;
  const phone = FIELDS["Customer"]?.get("phone");
  const isClear = phone !== undefined && judge(phone, facts, customer).level === "CLEAR";
  const mayChange = facts.roles.includes("DATA_STEWARD") && facts.purpose === "DATA_QUALITY";
  return mayChange && isClear ? null : "FORBIDDEN";
}
