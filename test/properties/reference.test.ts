import fc from "fast-check";
import { drawsFrom, randomChange, randomQuery } from "../support/random-document.ts";
import { noted } from "../support/record-properties.ts";
import { propertyRuns, timeFor } from "../support/runs.ts";
import type { Asker } from "./reference/askers.ts";
import { Comparison } from "./reference/compare.ts";
import { FIELDS } from "./reference/fields.ts";
import { judge } from "./reference/judge.ts";
import { askedBy } from "./reference/read-answer.ts";
import { absenceOf } from "./reference/rows.ts";
import { serveWorld, type ServedWorld } from "./reference/served-world.ts";
import { type KnownCustomer, readWorld, type World } from "./reference/world.ts";

/*
 * Every field of every answer, over HTTP, is what the matrix says: the reference under reference/ was
 * written from it by hand, and shares no line with the engine.
 */

let served: ServedWorld;
let world: World;
beforeAll(async () => {
  served = await serveWorld();
  world = served.world;
}, timeFor(60_000));
afterAll(() => served.close());

const someAsker = fc.nat().map((n) => served.askers[n % served.askers.length] as Asker);

test(
  "every field of every document's answer, and what is told beside it, is what the matrix says",
  async () => {
    const { schema } = served.server.app.services.api;
    const ids = [...world.customers.keys(), ...world.transfers.keys()];
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(someAsker, fc.nat(), async (asker, n) => {
        const query = randomQuery({ schema, ids, draw: drawsFrom(n) });
        const answer = await served.ask(asker, query);
        if (answer.data == null) throw new Error(JSON.stringify(answer.errors));
        const comparison = new Comparison(asker.facts, world, answer);
        comparison.compareQuery(askedBy(query), answer.data);
        compared += comparison.fields;
      }),
      { numRuns: propertyRuns(1_000), endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(1_000);
    noted({ "fields compared": compared });
  },
  timeFor(400_000),
);

test(
  "every field of several customers is what the matrix says to any asker",
  async () => {
    const whole = [...(FIELDS["Customer"]?.keys() ?? [])]
      .filter((name) => !["controller", "events", "transfers"].includes(name))
      .join(" ");
    const all = [...world.customers.keys()];
    const some = fc.array(fc.constantFrom(...all), { minLength: 8, maxLength: 8 });
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(someAsker, some, async (asker, ids) => {
        const query = `{ customers(first: 3) { totalCount nodes { __typename id } }
        nodes(ids: ${JSON.stringify(ids)}) { __typename ... on Customer { id ${whole}
          controller { id } access { field disclosure reason } } } }`;
        const answer = await served.ask(asker, query);
        const comparison = new Comparison(asker.facts, world, answer);
        comparison.compareQuery(askedBy(query), answer.data ?? {});
        compared += comparison.fields;
      }),
      { numRuns: propertyRuns(1_000), endOnFailure: true },
    );
    noted({ "fields compared": compared });
  },
  timeFor(400_000),
);

test(
  "a change gives back what the matrix says, or is refused where the matrix does not let it",
  async () => {
    const { schema } = served.server.app.services.api;
    const people = new Map([...world.customers].map(([id, { person }]) => [id, person]));
    const isSteward = ({ facts }: Asker): boolean =>
      facts.roles.includes("DATA_STEWARD") && facts.purpose === "DATA_QUALITY";
    const stewards = fc.constantFrom(...served.askers.filter(isSteward));
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
        const answer = await served.ask(asker, query);
        const refusal = refusalOf(asker, customer);
        expect({
          asker: asker.facts,
          code: answer.errors?.[0]?.extensions["code"] ?? null,
        }).toEqual({
          asker: asker.facts,
          code: refusal,
        });
        if (refusal !== null) return;
        changed++;
        world = await readWorld(served.client, people);
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
  },
  timeFor(400_000),
);

/** Stewards who check data change what they read in clear (the product's decision 0008). */
function refusalOf({ facts }: Asker, customer: KnownCustomer): string | null {
  const absence = absenceOf(facts, customer);
  if (absence !== null) return absence;
  const phone = FIELDS["Customer"]?.get("phone");
  const isClear = phone !== undefined && judge(phone, facts, customer).level === "CLEAR";
  const mayChange = facts.roles.includes("DATA_STEWARD") && facts.purpose === "DATA_QUALITY";
  return mayChange && isClear ? null : "FORBIDDEN";
}
