import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { publicError } from "../errors.ts";
import { DEMO_CALLERS, findDemoCaller } from "../identity/demo-callers.ts";
import type { DevelopmentIssuer } from "../identity/development-issuer.ts";
import { packageRoot } from "../lib/package-root.ts";

/** Where the page gets its tokens. */
export type DemoTokens = Pick<DevelopmentIssuer, "issueDemoToken">;

/** Only our own files run in the page; GraphiQL's editor sets styles from its script. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Files of packages that the page loads, under the names that it knows them by. */
const VENDORED = {
  "react.js": ["react", "umd/react.production.min.js"],
  "react-dom.js": ["react-dom", "umd/react-dom.production.min.js"],
  "graphiql.js": ["graphiql", "graphiql.min.js"],
  "graphiql.css": ["graphiql", "graphiql.min.css"],
} as const;

/** Serves the GraphQL IDE and what it needs to try out demo callers: for development only. */
export async function registerIde(
  server: FastifyInstance,
  services: { tokens: DemoTokens; now: () => Date },
): Promise<void> {
  await registerPage(server);
  registerDemoRoutes(server, services);
  server.get("/ide/operations.json", async () => exampleOperations());
}

async function registerPage(server: FastifyInstance): Promise<void> {
  const pageFolder = join(packageRoot(), "src", "http", "ide");
  await server.register(fastifyStatic, { root: pageFolder, serve: false, cacheControl: false });

  server.get("/", async (_request, reply) => {
    void reply.header("content-security-policy", PAGE_POLICY);
    return reply.sendFile("index.html");
  });
  for (const file of await readdir(pageFolder))
    if (file !== "index.html") server.get(`/ide/${file}`, async (_, reply) => reply.sendFile(file));

  const { resolve } = createRequire(import.meta.url);
  for (const [name, [packageName, file]] of Object.entries(VENDORED)) {
    const folder = dirname(resolve(`${packageName}/package.json`));
    server.get(`/ide/vendor/${name}`, async (_request, reply) => {
      // They change with our package-lock.json only, and a page load should not fetch them again.
      void reply.header("cache-control", "private, max-age=86400");
      return reply.sendFile(file, folder);
    });
  }
}

function registerDemoRoutes(
  server: FastifyInstance,
  { tokens, now }: { tokens: DemoTokens; now: () => Date },
): void {
  server.get("/demo/callers", async () =>
    DEMO_CALLERS.map(({ name, about, organisation, roles, purposes }) => ({
      name,
      about,
      organisation,
      roles,
      purposes,
    })),
  );
  server.post<{ Body: unknown }>("/demo/token", async ({ body }) => {
    const demoCaller = findDemoCaller(callerNameIn(body));
    if (demoCaller === null) throw publicError("NOT_FOUND");
    return { token: await tokens.issueDemoToken({ demoCaller, now: now() }) };
  });
}

function callerNameIn(body: unknown): string {
  const name = typeof body === "object" && body !== null && "caller" in body ? body.caller : null;
  if (typeof name !== "string") throw publicError("BAD_REQUEST");
  return name;
}

/** One example of `schema/operations`: its first comment line is its title. */
export interface ExampleOperation {
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

/** The example operations in the order of their file names. */
export async function exampleOperations(): Promise<ExampleOperation[]> {
  const folder = join(packageRoot(), "schema", "operations");
  const files = (await readdir(folder)).filter((file) => file.endsWith(".graphql")).sort();
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), "utf8");
      const name = basename(file, ".graphql");
      return { name, title: /^# *(.+)$/m.exec(text)?.[1] ?? name, text };
    }),
  );
}
