import { callerId } from "../support/canaries.ts";
import {
  FAILED_PER_HOUR,
  LIAISON,
  LIST,
  looking,
  LookupWorld,
  outcomeOf,
  unknownNumber,
} from "../support/lookup-world.ts";
import type { Answered } from "../support/start-test-server.ts";

const world = new LookupWorld();
beforeAll(() => world.begin());
afterAll(() => world.end());
beforeEach(() => world.reset());

describe("alerts", () => {
  const alerts = (): Promise<Record<string, unknown>[]> =>
    world.sql(
      "select kind, caller, field, window_minutes, counted, allowed from security_alert order by id",
    );

  test("are made once for caller, field and window, and logged without a value", async () => {
    const before = world.server.logged().length;
    await world.miss(FAILED_PER_HOUR + 5);
    const alert = {
      kind: "FAILED_PROBES",
      caller: LIAISON,
      field: "Customer.idNumber",
      window_minutes: 60,
      counted: 11,
      allowed: 10,
    };
    expect(await alerts()).toEqual([alert]);
    const lines = world.server
      .logged()
      .slice(before)
      .split("\n")
      .filter((line) => line.includes("security alert"));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] as string)).toMatchObject({
      level: "warn",
      msg: "security alert",
      kind: "FAILED_PROBES",
      principalId: callerId(LIAISON),
      field: "Customer.idNumber",
      counted: 11,
      allowed: 10,
    });
    expect(world.server.logged().slice(before)).not.toContain("guess");
    world.passMinutes(61);
    await world.miss(FAILED_PER_HOUR + 5, 50);
    expect(await alerts()).toEqual([alert, alert]);
  });

  test("are made once by two nodes at once", async () => {
    await world.miss(FAILED_PER_HOUR);
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        world.ask(looking(unknownNumber(100 + at)), {
          node: at % 2 === 0 ? world.server : world.other,
        }),
      ),
    );
    expect(await alerts()).toHaveLength(1);
  });

  test("follow a series of refused filters, but not the same one again and again", async () => {
    const refused = (value: string): Promise<Answered> =>
      world.server.ask("cs-agent", LIST, {
        purpose: "SERVICE_DELIVERY",
        variables: { filter: looking(value) },
      });
    for (let at = 0; at < 25; at++)
      expect(outcomeOf(await refused("1"))).toBe("FIELD_FILTER_FORBIDDEN");
    expect(await alerts()).toEqual([]);
    for (let at = 0; at < 25; at++)
      expect(outcomeOf(await refused(String(at)))).toBe("FIELD_FILTER_FORBIDDEN");
    expect(await alerts()).toMatchObject([
      { kind: "DENIED_FILTERS", caller: "cs-agent", counted: 21, allowed: 20 },
    ]);
    const { body } = await world.server.ask(
      "security-responder",
      "{ securityAlerts { nodes { caller kind } } }",
    );
    expect(body.data).toEqual({
      securityAlerts: { nodes: [{ caller: "cs-agent", kind: "DENIED_FILTERS" }] },
    });
  });
});
