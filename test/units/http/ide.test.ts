import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { buildSchema, parse, validate } from "graphql";
import { exampleOperations } from "../../../src/http/ide-routes.ts";
import { DEMO_CALLERS } from "../../../src/identity/demo-callers.ts";
import { packageRoot } from "../../../src/lib/package-root.ts";
import { type HttpWorld, startHttpWorld } from "../../support/http-world.ts";

let world: HttpWorld;
beforeAll(async () => {
  world = await startHttpWorld();
});
afterAll(() => world.close());

/** Addresses that a page or a module of ours names. */
const LINKS = /(?:src|href)="([^"]+)"|from "\.\/([\w.]+)"/g;

describe("the page at /", () => {
  test("loads nothing from elsewhere, and everything that it names", async () => {
    const page = await fetch(`${world.url}/`);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toMatch(/script-src 'self';/);
    const script = await (await fetch(`${world.url}/ide/ide.js`)).text();
    const named = Array.from(
      (await page.text()).concat(script).matchAll(LINKS),
      ([, link, module]) => (link === undefined ? `/ide/${module}` : link),
    ).filter((link) => !link.startsWith("#"));
    expect(named.length).toBeGreaterThan(10);
    for (const link of named) {
      expect(link).toMatch(/^\/ide\//);
      expect([link, (await fetch(world.url + link)).status]).toEqual([link, 200]);
    }
  });

  test("is given every demo caller with its purposes, and nobody's secrets", async () => {
    const callers = (await (await fetch(`${world.url}/demo/callers`)).json()) as { name: string }[];
    expect(callers.map(({ name }) => name)).toEqual(DEMO_CALLERS.map(({ name }) => name));
    expect(Object.keys(callers[0] ?? {})).toEqual([
      "name",
      "about",
      "organisation",
      "roles",
      "purposes",
    ]);
  });

  test("gets a token with which it can ask", async () => {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ caller: "data-steward" });
    const issued = await fetch(`${world.url}/demo/token`, { method: "POST", headers, body });
    const { token } = (await issued.json()) as { token: string };
    const authorization = `Bearer ${token}`;
    const { status } = await world.ask(
      { query: "{ cost }" },
      { as: null, headers: { authorization } },
    );
    expect(status).toBe(200);
  });

  test.each([
    ["{}", 400],
    ['{"caller":7}', 400],
    ['{"caller":"nobody"}', 404],
    ["[]", 400],
  ])("a request for a token with %s: %i", async (body, status) => {
    const headers = { "content-type": "application/json" };
    const refused = await fetch(`${world.url}/demo/token`, { method: "POST", headers, body });
    expect(refused.status).toBe(status);
  });
});

describe("the example operations", () => {
  test("fit the schema, and each has a title of its own", async () => {
    const schema = buildSchema(
      await readFile(join(packageRoot(), "schema", "schema.graphql"), "utf8"),
    );
    const operations = await exampleOperations();
    expect(operations.length).toBeGreaterThanOrEqual(4);
    for (const { name, text } of operations)
      expect([name, validate(schema, parse(text))]).toEqual([name, []]);
    const titles = operations.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles.filter((title) => /^\d\d-/.test(title))).toEqual([]);
  });
});
