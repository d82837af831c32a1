import { ERRORS } from "../../src/errors.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

/** Routes that anybody may ask, with the reason why; any other wants a token. */
const OPEN = {
  "GET /health/live": "a balancer has no token",
  "GET /health/ready": "a balancer has no token",
  "GET /audit/checkpoint": "whoever keeps it can prove later what the log was",
  "GET /audit/keys": "public keys, with which anybody verifies the log",
  "GET /metrics": "to this machine, or the networks of METRICS_NETWORKS, where no token is",
  "GET /.well-known/authzen-configuration": "tells the same to everybody: where AuthZEN answers",
  "GET /problems/:code": "tells the same to everybody: what a code means",
};

/** More of them, which production does not have. */
const OPEN_IN_DEVELOPMENT = {
  "GET /.well-known/jwks.json": "public keys of the development issuer",
  "GET /": "the page with the GraphQL IDE",
  "GET /ide/*": "files of that page",
  "GET /demo/callers": "the page lists them",
  "POST /demo/token": "the page asks as one of them",
};

/** What AuthZEN clients ask, each with a token; test/authzen has what they answer. */
const AUTHZEN = [
  "evaluation",
  "evaluations",
  "search/subject",
  "search/resource",
  "search/action",
].map((name) => `POST /access/v1/${name}`);

const SAMPLES: Readonly<Record<string, string>> = {
  ":code": Object.keys(ERRORS)[0] ?? "",
  ":id": "0192a000-0000-7000-8000-0000000000ff",
};

describe("in development", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  test("every route but the open ones answers 401 without a token", async () => {
    const open = Object.keys({ ...OPEN, ...OPEN_IN_DEVELOPMENT });
    const routes = routesOf(server);
    expect(routes.length).toBeGreaterThan(8);
    const answers = await Promise.all(
      routes.map(async (route) => ({ route, status: await statusWithoutToken(server, route) })),
    );
    const unguarded = answers.filter(({ status }) => status !== 401).map(({ route }) => route);
    expect([...new Set(unguarded.map(grouped))].sort()).toEqual(open.sort());
  });

  test("GraphQL answers with a token", async () => {
    const { status } = await server.ask("internal-auditor", "{ viewer { id } }");
    expect(status).toBe(200);
  });

  test("no route answers with more than 404 to a path that is not its own", async () => {
    for (const path of [
      "/graphql/",
      "/admin",
      "/ide/../config",
      "/ide/vendor/..%2f..%2fpackage.json",
    ]) {
      expect((await fetch(`${server.url}${path}`)).status).toBe(404);
    }
  });
});

describe("in production", () => {
  let server: TestServer;
  beforeAll(async () => {
    const issuer = {
      issuer: "https://id.example",
      jwksUrl: "https://id.example/jwks",
      audience: "custodia",
    };
    const settings = { CUSTODIA_MODE: "production", TOKEN_ISSUERS: JSON.stringify([issuer]) };
    server = await startTestServer({ settings });
  });
  afterAll(() => server.close());

  test("there are only the API, its health and the meaning of codes", () => {
    expect(routesOf(server).sort()).toEqual(
      [
        ...Object.keys(OPEN),
        "GET /audit/evidence/:id",
        "GET /graphql",
        "POST /graphql",
        ...AUTHZEN,
      ].sort(),
    );
  });
});

/** `METHOD /path` of every route; HEAD is GET without a body. A route may go on where another ends. */
function routesOf({ app }: TestServer): string[] {
  const tree = app.server.printRoutes({ commonPrefix: false });
  const above: string[] = [];
  return [...tree.matchAll(/^([│ ]*)[├└]── (\S+) \(([A-Z, ]+)\)/gm)].flatMap(
    ([, indent = "", part = "", methods = ""]) => {
      const depth = indent.length / 4;
      const parent = depth === 0 ? "/" : (above[depth - 1] ?? "/");
      above[depth] = parent === "/" ? `/${part.replace(/^\//, "")}` : `${parent}${part}`;
      return methods
        .split(", ")
        .filter((method) => method !== "HEAD")
        .map((method) => `${method} ${above[depth]}`);
    },
  );
}

function grouped(route: string): string {
  return route.startsWith("GET /ide/") ? "GET /ide/*" : route;
}

async function statusWithoutToken({ url }: TestServer, route: string): Promise<number> {
  const [method = "", path = ""] = route.split(" ");
  const filled = path.replaceAll(/:\w+/g, (name) => {
    const sample = SAMPLES[name];
    if (sample === undefined) throw new Error(`No sample value for ${name} of ${route}`);
    return sample;
  });
  const response = await fetch(`${url}${filled}?query=%7Bviewer%7Bid%7D%7D`, {
    method,
    headers: { "content-type": "application/json", "apollo-require-preflight": "yes" },
    ...(method === "POST" && { body: `{ "query": "{ viewer { id } }" }` }),
  });
  return response.status;
}
