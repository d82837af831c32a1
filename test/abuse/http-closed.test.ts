import { type HttpWorld, startHttpWorld } from "../support/http-world.ts";

const INTROSPECTION = { query: "{ __schema { queryType { name } } }" };

async function during(
  overrides: Parameters<typeof startHttpWorld>[0],
  story: (world: HttpWorld) => Promise<void>,
): Promise<void> {
  const world = await startHttpWorld(overrides);
  try {
    await story(world);
  } finally {
    await world.close();
  }
}

describe("production", () => {
  const production = { config: { mode: "production" as const } };

  test("has no page, no demo callers, no demo tokens and no development keys", () =>
    during(production, async ({ url }) => {
      for (const path of [
        "/",
        "/ide/ide.js",
        "/ide/operations.json",
        "/demo/callers",
        "/.well-known/jwks.json",
      ])
        expect([path, (await fetch(url + path)).status]).toEqual([path, 404]);
      const headers = { "content-type": "application/json" };
      const body = '{"caller":"cs-agent"}';
      expect((await fetch(`${url}/demo/token`, { method: "POST", headers, body })).status).toBe(
        404,
      );
    }));

  test("describes its schema to callers with a token only", () =>
    during(production, async ({ ask }) => {
      expect((await ask(INTROSPECTION, { as: null })).status).toBe(401);
      expect(
        (await ask({ query: '{ __type(name: "Query") { name } }' }, { as: null })).status,
      ).toBe(401);
      expect((await ask({ query: "{ __typename }" }, { as: null })).status).toBe(200);
      expect((await ask(INTROSPECTION)).status).toBe(200);
    }));

  test("insists on TLS", () =>
    during(production, async ({ ask }) => {
      const { headers } = await ask({ query: "{ __typename }" });
      expect(headers.get("strict-transport-security")).toMatch(/max-age=\d+/);
    }));
});

describe("the limit on requests", () => {
  const three = { config: { rateLimitPerMinute: 3 } };

  test("counts each caller apart and tells what is left", () =>
    during(three, async ({ ask }) => {
      const first = await ask({ query: "{ cost }" });
      expect(first.headers.get("ratelimit-policy")).toBe('"default";q=3;w=60');
      expect(first.headers.get("ratelimit")).toMatch(/^"default";r=2;t=\d+$/);
      await ask({ query: "{ cost }" });
      await ask({ query: "{ cost }" });
      const fourth = await ask({ query: "{ cost }" });
      expect(fourth.status).toBe(429);
      expect(Number(fourth.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(fourth.json.errors?.[0]?.extensions["code"]).toBe("RATE_LIMITED");
      expect((await ask({ query: "{ cost }" }, { as: "sales-analyst" })).status).toBe(200);
    }));

  test("counts refused tokens for their address", () =>
    during(three, async ({ ask }) => {
      const guess = () =>
        ask({ query: "{ cost }" }, { as: null, headers: { authorization: "Bearer x.y.z" } });
      const statuses = [];
      for (let n = 0; n < 5; n += 1) statuses.push((await guess()).status);
      expect(statuses).toEqual([401, 401, 401, 429, 429]);
    }));

  test("does not apply to probes", () =>
    during(three, async ({ url }) => {
      for (let n = 0; n < 6; n += 1) expect((await fetch(`${url}/health/live`)).status).toBe(200);
    }));
});
