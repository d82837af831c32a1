import { type HttpWorld, resolved, startHttpWorld } from "../support/http-world.ts";

let world: HttpWorld;
beforeAll(async () => {
  world = await startHttpWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  resolved.length = 0;
});

describe("who asks", () => {
  test.each([
    ["no token", undefined],
    ["a token that is none", "Bearer nonsense"],
    ["another scheme", "Basic dXNlcjpwYXNz"],
    ["an empty one", "Bearer "],
  ])("%s: 401 without data, and how to authenticate", async (_name, authorization) => {
    const { status, json, headers } = await world.ask(
      { query: "{ customer(id: 1) { id } }" },
      { as: null, headers: authorization === undefined ? {} : { authorization } },
    );
    expect(status).toBe(401);
    expect(headers.get("www-authenticate")).toMatch(/^Bearer/);
    expect(json).not.toHaveProperty("data");
    expect(json.errors).toHaveLength(1);
    expect(json.errors?.[0]).toMatchObject({
      message: "A valid access token is required.",
      extensions: { code: "UNAUTHENTICATED" },
    });
    expect(resolved).toEqual([]);
  });

  test("an anonymous caller learns __typename and nothing else", async () => {
    const anonymously = async (query: string) => (await world.ask({ query }, { as: null })).status;
    expect(await anonymously("{ __typename }")).toBe(200);
    expect(await anonymously("{ cost }")).toBe(401);
    expect(await anonymously("{ __typename ...F } fragment F on Query { cost }")).toBe(401);
    expect(await anonymously("{ __typename ... { cost } }")).toBe(401);
    expect(await anonymously("mutation { touch }")).toBe(401);
  });

  test("an anonymous caller cannot find out which fields exist", async () => {
    const existing = await world.ask({ query: "{ cost }" }, { as: null });
    const missing = await world.ask({ query: "{ nonsense }" }, { as: null });
    const told = ({ status, text, headers }: typeof existing) => ({
      status,
      text: text.replace(headers.get("x-request-id") ?? "", "the request id"),
    });
    expect(told(missing)).toEqual(told(existing));
  });

  test("a purpose that the token does not carry: 403", async () => {
    const { status, json } = await world.ask(
      { query: "{ cost }" },
      { headers: { "x-purpose": "MARKETING" } },
    );
    expect(status).toBe(403);
    expect(json.errors?.[0]?.extensions["code"]).toBe("PURPOSE_NOT_PERMITTED");
  });

  test("why a token was refused is in the log alone", async () => {
    const { text } = await world.ask(
      { query: "{ cost }" },
      { as: null, headers: { authorization: "Basic x" } },
    );
    expect(text).not.toContain("bearer token");
    expect(world.logged()).toContain("not a bearer token");
  });
});
