import { callerId } from "../support/canaries.ts";
import {
  FAILED_PER_DAY,
  FAILED_PER_HOUR,
  HIDDEN,
  LIAISON,
  LIST,
  looking,
  LOOKUPS_PER_HOUR,
  LookupWorld,
  NAMED,
  NOBODYS,
  outcomeOf,
  SPENT,
  unknownNumber,
} from "../support/lookup-world.ts";
import { recordIn } from "../../src/audit/decision-record.ts";
import { requestIdOf } from "../support/decision-records.ts";
import { eventually } from "../support/eventually.ts";
import type { Answered } from "../support/start-test-server.ts";

/*
 * Whoever may filter by a sealed value could try values until one is found. An authority's officer
 * reads the identity numbers of the customers whom an approved case names: 30 lookups in an hour and
 * 10 that find nothing, 100 and 30 in a day (policies/budgets.yaml).
 */

const world = new LookupWorld();
beforeAll(() => world.begin());
afterAll(() => world.end());
beforeEach(() => world.reset());

const answered = (times: number): number[] => Array<number>(times).fill(0);

/** An answer without what is new in each. */
function comparable({ status, body }: Answered): string {
  return JSON.stringify({ status, body }).replaceAll(/"(request|decision)Id":"[^"]+"/g, "");
}

describe("values that find nothing", () => {
  test("are ten in an hour; then a value is refused whether somebody has it or not", async () => {
    expect(await world.miss(FAILED_PER_HOUR)).toEqual(answered(FAILED_PER_HOUR));
    const refusals = [NAMED[0] as string, HIDDEN, NOBODYS, "no number"].map((value) =>
      world.ask(looking(value)).then(comparable),
    );
    const [first, ...others] = await Promise.all(refusals);
    expect(first).toContain(SPENT);
    expect(first).toContain('"field":"idNumber","retryAfterSeconds":3600');
    expect(new Set(others)).toEqual(new Set([first]));
  });

  test("that are refused are on record, without the value", async () => {
    await world.miss(FAILED_PER_HOUR);
    const refused = await world.ask(looking(HIDDEN));
    expect(comparable(refused)).toContain(SPENT);
    await eventually(async () => {
      const bodies = await world.sql("select body from decision_inbox");
      const records = bodies.map((row) => recordIn(String(row["body"])));
      const [record] = records.filter(({ request }) => request === requestIdOf(refused));
      expect(record).toMatchObject({ action: "REQUEST", refusal: SPENT });
      expect(JSON.stringify(record)).not.toContain(HIDDEN);
    });
  });

  test("that others hide from the caller are counted like those that nobody has", async () => {
    const courses = [HIDDEN, NOBODYS].map((value) => async () => {
      await world.sql("truncate lookup_budget, lookup_seen");
      const probe = comparable(await world.ask(looking(value)));
      const counted = await world.sql("select field, outcome, seen_at from lookup_seen");
      const after = [...(await world.miss(FAILED_PER_HOUR - 1)), ...(await world.miss(1, 50))];
      return { probe, counted, after };
    });
    const [hidden, nobodys] = [await courses[0]?.(), await courses[1]?.()];
    expect(hidden).toEqual(nobodys);
    expect(hidden?.counted).toMatchObject([{ outcome: "MISSED" }]);
    expect(hidden?.after).toEqual([...answered(FAILED_PER_HOUR - 1), SPENT]);
  });

  test("are allowed again once their window is over, and not a moment before", async () => {
    await world.miss(FAILED_PER_HOUR);
    world.passMinutes(60 - 1 / 60_000);
    expect(await world.miss(1, 50)).toEqual([SPENT]);
    world.passMinutes(60);
    expect(await world.miss(FAILED_PER_HOUR + 1, 50)).toEqual([
      ...answered(FAILED_PER_HOUR),
      SPENT,
    ]);
  });

  test("slide with their window: half of them come back when the first half is an hour old", async () => {
    await world.miss(5);
    world.passMinutes(30);
    await world.miss(5, 5);
    expect((await world.ask(looking(NOBODYS))).body.errors?.[0]?.extensions).toMatchObject({
      retryAfterSeconds: 1_800,
    });
    world.passMinutes(60);
    expect(await world.miss(6, 20)).toEqual([...answered(5), SPENT]);
  });

  test("are thirty in a day, however slowly they are tried", async () => {
    const outcomes: unknown[] = [];
    for (let hour = 0; hour < 4; hour++) {
      world.passMinutes(hour * 61);
      outcomes.push(...(await world.miss(FAILED_PER_HOUR, hour * FAILED_PER_HOUR)));
    }
    expect(outcomes).toEqual([...answered(FAILED_PER_DAY), ...Array(10).fill(SPENT)]);
    world.passMinutes(24 * 60);
    expect(await world.miss(1, 90)).toEqual([0]);
  });
});

describe("values that are found", () => {
  test("are thirty in an hour", async () => {
    const outcomes = [];
    for (const value of NAMED) outcomes.push(outcomeOf(await world.ask(looking(value))));
    expect(outcomes).toEqual([...Array(LOOKUPS_PER_HOUR).fill(1), SPENT]);
  });

  test("cost nothing when they are asked again, on any page and in any spelling", async () => {
    const value = NAMED.find((each) => each.endsWith("X")) as string;
    const spellings = [value, value.toLowerCase(), ` ${value}`];
    for (let round = 0; round < 15; round++)
      await world.ask(looking(spellings[round % 3] as string));
    expect(await world.sql("select outcome from lookup_seen")).toEqual([{ outcome: "FOUND" }]);
    await world.miss(FAILED_PER_HOUR);
    expect(await world.miss(1)).toEqual([0]);
    expect(outcomeOf(await world.ask(looking(value)))).toBe(1);
    expect(await world.miss(1, 50)).toEqual([SPENT]);
  });
});

describe("there is no way round the count", () => {
  const eleven = Array.from({ length: 11 }, (_, at) => unknownNumber(at));

  test.each<[string, object]>([
    ["a list of values", { idNumber: { in: eleven } }],
    ["any of many tests", { or: eleven.map(looking) }],
    ["all of many tests", { and: eleven.map(looking) }],
    ["none of many values", { not: { idNumber: { in: eleven } } }],
    [
      "tests beside others",
      { and: [{ kind: { eq: "INDIVIDUAL" } }, { idNumber: { in: eleven } }] },
    ],
  ])("%s", async (_name, filter) => {
    world.server.resetStatements();
    expect(outcomeOf(await world.ask(filter))).toBe(SPENT);
    // Nothing was read: one statement counted and refused.
    expect(world.server.statements).toHaveLength(1);
    expect(await world.sql("select from lookup_seen")).toEqual([]);
  });

  test("by aliases: all lookups of a document are counted together, in one statement", async () => {
    const aliased = (values: readonly string[]): string =>
      `{ ${values.map((value, at) => `a${at}: customers(filter: { idNumber: { eq: "${value}" } }) { totalCount }`).join(" ")} }`;
    world.server.resetStatements();
    const { body } = await world.server.ask(LIAISON, aliased(eleven));
    expect(body.errors?.map(({ extensions }) => extensions["code"])).toContain(SPENT);
    expect(world.server.statements).toHaveLength(1);
    world.server.resetStatements();
    expect(
      (await world.server.ask(LIAISON, aliased(eleven.slice(0, 10)))).body.errors,
    ).toBeUndefined();
    expect(world.server.statements.filter((text) => text.includes("spend_lookups"))).toHaveLength(
      1,
    );
    expect(await world.miss(1, 50)).toEqual([SPENT]);
  });

  test("by counting in groups instead of listing", async () => {
    const stats =
      "query ($filter: CustomerFilter) { customerStats(filter: $filter) { totalCount } }";
    for (let at = 0; at < FAILED_PER_HOUR; at++)
      expect(
        (await world.ask(looking(unknownNumber(at)), { query: stats })).body.errors,
      ).toBeUndefined();
    expect(outcomeOf(await world.ask(looking(NOBODYS), { query: stats }))).toBe(SPENT);
    expect(await world.miss(1, 50)).toEqual([SPENT]);
  });

  test("by asking two nodes at once", async () => {
    const tries = Array.from({ length: 60 }, (_, at) =>
      world.ask(looking(unknownNumber(at)), { node: at % 2 === 0 ? world.server : world.other }),
    );
    const outcomes = (await Promise.all(tries)).map(outcomeOf);
    expect(outcomes.filter((outcome) => outcome === 0)).toHaveLength(FAILED_PER_HOUR);
    expect(outcomes.filter((outcome) => outcome === SPENT)).toHaveLength(50);
  });

  test("by breaking off: what was counted stays counted when its answer never comes", async () => {
    await world.sql("alter table customer rename column full_name to nobody_knows");
    const query =
      "query ($filter: CustomerFilter) { customers(filter: $filter) { nodes { fullName } } }";
    expect(outcomeOf(await world.ask(looking(NOBODYS), { query }))).toBe("INTERNAL_SERVER_ERROR");
    await world.sql("alter table customer rename column nobody_knows to full_name");
    expect(await world.sql("select outcome from lookup_seen")).toEqual([{ outcome: "MISSED" }]);
  });

  test("by breaking the count: what can't be counted isn't answered", async () => {
    await world.sql("alter table lookup_seen rename to lookup_lost");
    world.server.resetStatements();
    expect(outcomeOf(await world.ask(looking(NAMED[0] as string)))).toBe("INTERNAL_SERVER_ERROR");
    expect(world.server.statements).toHaveLength(1);
    await world.sql("alter table lookup_lost rename to lookup_seen");
  });
});

describe("the count is the caller's own", () => {
  test("what one caller spends is nothing to another", async () => {
    await world.miss(FAILED_PER_HOUR + 1);
    const { body } = await world.server.ask("data-subject", LIST, {
      variables: { filter: looking(NOBODYS) },
    });
    expect(body.errors).toBeUndefined();
    const callers = await world.sql("select distinct principal_id from lookup_seen order by 1");
    expect(callers.map(({ principal_id: id }) => id)).toEqual(
      [callerId("data-subject"), callerId(LIAISON)].sort(),
    );
  });

  test("a list without a sealed filter pays nothing", async () => {
    world.server.resetStatements();
    await world.ask({ kind: { eq: "INDIVIDUAL" } });
    expect(world.server.statements.filter((text) => text.includes("spend_lookups"))).toEqual([]);
    expect(await world.sql("select from lookup_budget")).toEqual([]);
  });

  test("its tables hold no value and nothing that could be joined with a customer", async () => {
    const values = [...NAMED.slice(0, 3), HIDDEN, NOBODYS];
    for (const value of values) await world.ask(looking(value));
    await world.miss(FAILED_PER_HOUR);
    const tables = ["lookup_budget", "lookup_seen", "security_alert"];
    const dumps = await Promise.all(
      tables.map((table) => world.sql(`select t::text as row from ${table} t`)),
    );
    const dump = JSON.stringify(dumps);
    expect(dumps.map((rows) => rows.length > 0)).toEqual([true, true, true]);
    for (const value of [...values, "guess"]) {
      expect(dump).not.toContain(value);
      expect(dump).not.toContain(Buffer.from(value).toString("hex"));
    }
    const joined = `select from lookup_seen s join customer c
      on s.digest in (c.id_number_index, c.bank_account_index, c.tax_no_index, c.record_digest)`;
    expect(await world.sql(joined)).toEqual([]);
  });
});
