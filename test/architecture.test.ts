import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type SourceFile, sourceFiles, type SourceImport } from "./support/source-imports.ts";

/**
 * Which rooms a room may import, from the bottom to the top. `types` are imports of which nothing
 * is left at run time; what may be imported as a value may be imported as a type as well.
 * `app` is every file beside the rooms but `errors.ts` and those of the settings.
 */
const ROOMS: Readonly<Record<string, { values: string; types?: string }>> = {
  lib: { values: "" },
  errors: { values: "" },
  classification: { values: "lib" },
  organisations: { values: "classification" },
  sealing: { values: "lib errors" },
  identity: { values: "lib errors classification" },
  config: { values: "lib identity" },
  policy: { values: "lib errors classification", types: "identity" },
  // The decision log itself: records, tree, proofs. What fills it, stores it and shows it stands above.
  audit: { values: "lib errors classification", types: "policy identity sealing" },
  // Rows of an aggregate are written under locks that only SQL can take, so the writers know them.
  database: {
    values:
      "lib errors classification sealing audit customers elevations engagements access-reviews",
    types: "policy identity organisations config",
  },
  // Runs operations and knows no policy: the guard of rows is handed in.
  execution: { values: "lib" },
  guard: {
    values: "lib errors classification policy sealing audit database",
    types: "execution",
  },
  graphql: {
    values: "lib errors classification organisations policy audit guard database execution",
    types: "identity sealing",
  },
  // Aggregates get reader, loaders, verbs and time from the context, and decide nothing themselves.
  customers: {
    values: "lib errors classification organisations sealing graphql",
    types: "database guard",
  },
  transfers: {
    values: "lib errors classification organisations graphql customers",
    types: "database guard",
  },
  alerts: {
    values: "lib errors classification organisations graphql",
    types: "database guard",
  },
  elevations: {
    values: "lib errors classification graphql customers",
    types: "database",
  },
  "access-reviews": {
    values: "lib errors classification organisations graphql",
    types: "database",
  },
  engagements: {
    values: "lib errors classification organisations graphql customers decisions",
    types: "database guard",
  },
  // What auditors take along: filters of decisions, audits that permit it, and nothing of how it is made.
  evidence: {
    values: "lib errors classification decisions engagements graphql",
    types: "audit database guard",
  },
  // Runs at a desk, in CI and where a version is tested: it asks the guard what it would do with a query.
  proving: { values: "lib classification identity policy guard" },
  // No aggregate of customers: what it keeps is the policy itself.
  "policy-versions": {
    values: "lib errors classification policy proving graphql",
    types: "database",
  },
  // Is about policies themselves: it compares them, and never decides what anybody is answered.
  evaluation: {
    values: "lib errors classification identity policy audit graphql",
    types: "database",
  },
  // The protocol alone; what it answers comes from the room before.
  authzen: {
    values: "lib errors classification identity policy evaluation",
    types: "graphql audit database",
  },
  // The decision log as auditors see it: rows come from the guarded reader, policies only judge once more.
  decisions: {
    values: "lib errors audit classification organisations customers policy evaluation graphql",
    types: "identity database guard",
  },
  http: { values: "lib errors identity graphql", types: "config audit" },
  app: {
    values:
      "lib errors classification organisations sealing identity config policy audit database guard graphql customers elevations engagements access-reviews transfers alerts evaluation authzen policy-versions decisions evidence http commands",
  },
  commands: {
    values:
      "lib errors classification sealing identity config policy audit database customers http proving policy-versions app seeds",
  },
};

/** Packages that belong to one room; others may name their types where `types` says so. */
const PACKAGES: readonly [name: string, rooms: string, types?: string][] = [
  ["jose", "identity", "http"],
  ["pg", "database", "commands app"],
  ["pg-copy-streams", "database"],
  ["@mikro-orm/", "database"],
  ["@casl/", "policy"],
  ["fastify", "http", "app"],
  ["@fastify/", "http"],
  ["@apollo/", "graphql", "http"],
  [
    "type-graphql",
    "classification organisations graphql customers elevations engagements access-reviews transfers alerts evaluation policy-versions decisions evidence",
  ],
  ["commander", "commands app"],
  ["prom-client", "http"],
];

const FILES = sourceFiles();
const IMPORTS = FILES.flatMap(({ imports }) => imports);
const NAMES = Object.keys(ROOMS);

test("every file stands in a room of the table", () => {
  expect(FILES.filter(({ path }) => !NAMES.includes(roomOf(path)))).toEqual([]);
  expect(FILES.length).toBeGreaterThan(100);
});

test.each(NAMES)("%s imports only rooms that it may", (room) => {
  const { values, types = "" } = ROOMS[room] as { values: string; types?: string };
  const forValues = [room, ...values.split(" ")];
  const forTypes = [...forValues, ...types.split(" ")];
  const edges = IMPORTS.filter(({ from, isPackage }) => !isPackage && roomOf(from) === room);
  const forbidden = edges.filter(
    ({ to, isTypeOnly }) => !(isTypeOnly ? forTypes : forValues).includes(roomOf(to)),
  );
  expect(forbidden.map(inWords)).toEqual([]);
});

test.each(PACKAGES)("the package %s belongs to %s", (name, rooms, types = "") => {
  const isIt = (to: string): boolean => (name.endsWith("/") ? to.startsWith(name) : to === name);
  const imports = IMPORTS.filter(({ to, isPackage }) => isPackage && isIt(to));
  const elsewhere = imports.filter(({ from, isTypeOnly }) => {
    const allowed = isTypeOnly ? `${rooms} ${types}` : rooms;
    return !allowed.split(" ").includes(roomOf(from));
  });
  expect(elsewhere.map(inWords)).toEqual([]);
  expect(imports).not.toHaveLength(0);
});

test("policy is pure: what it runs reaches no ORM, HTTP, GraphQL or database", () => {
  const start = FILES.filter(({ path }) => roomOf(path) === "policy").map(({ path }) => path);
  const packages = [...reachableFrom(start)].filter((to) => !to.startsWith("src/")).sort();
  expect(packages.filter((name) => !name.startsWith("node:"))).toEqual([
    "@casl/ability",
    "fastest-levenshtein",
    "lru-cache",
    "yaml",
  ]);
  expect(packages.filter((name) => name.startsWith("node:"))).toEqual([
    "node:crypto",
    "node:fs",
    "node:path",
  ]);
});

test("no file runs itself by way of others", () => {
  const cycles = FILES.map(({ path }) => path).filter((path) => {
    const next = valuesFrom(path).map(({ to }) => to);
    return reachableFrom(next).has(path);
  });
  expect(cycles).toEqual([]);
});

test("only config.ts reads the environment", () => {
  expect(filesWith(/process\.env|process\[/)).toEqual(["src/config.ts"]);
  const named = FILES.filter(({ code }) => /\benv\b[^;]*from "node:process"/.test(code));
  expect(named).toEqual([]);
});

test("only the database speaks SQL", () => {
  const sql =
    /["'`]\s*(select\s[^"'`]+\sfrom|insert into|delete from|update\s\w+\sset|with\s\w+\sas)\s/i;
  expect(filesWith(sql).filter((path) => roomOf(path) !== "database")).toEqual([]);
  expect(filesWith(sql)).not.toHaveLength(0);
});

test("only sealing works with keys", () => {
  const cipher =
    /\b(create(C|Dec)ipheriv|createHmac|createSecretKey|hkdf(Sync)?|timingSafeEqual)\b/;
  expect(filesWith(cipher).filter((path) => roomOf(path) !== "sealing")).toEqual([]);
  expect(filesWith(cipher)).not.toHaveLength(0);
});

test("there are no barrels and no default exports", () => {
  expect(FILES.filter(({ path }) => path.endsWith("/index.ts"))).toEqual([]);
  expect(filesWith(/^export\s+\*|^export\s+default\b|^export\s*\{[^}]*\bas default\b/m)).toEqual(
    [],
  );
});

test("names say what a thing is: no Manager, Helper or Utils, no I before an interface", () => {
  expect(filesWith(/\b(class|interface|function)\s+\w*(Manager|Helpers?|Utils?)\b/)).toEqual([]);
  expect(filesWith(/\binterface\s+I[A-Z][a-z]/)).toEqual([]);
  expect(FILES.filter(({ path }) => /(helper|util)s?\.ts$/i.test(path))).toEqual([]);
});

test("a file of more than 300 lines says why", () => {
  const long = FILES.filter(({ text }) => text.split("\n").length > 301);
  const silent = long.filter(({ text }) => !/\*[^/]*longer than/i.test(text));
  expect(silent.map(({ path }) => path)).toEqual([]);
});

test("half of the files have fewer than 80 lines, nine of ten fewer than 200", () => {
  const lengths = FILES.map(({ text }) => text.split("\n").length).sort((a, b) => a - b);
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(80);
  expect(lengths[Math.floor(lengths.length * 0.9)]).toBeLessThan(200);
});

test.each(NAMES.filter((room) => existsSync(join(folder(), room))))(
  "%s has a README of at most 15 lines",
  (room) => {
    const lines = readFileSync(join(folder(), room, "README.md"), "utf8")
      .trimEnd()
      .split("\n");
    expect(lines.length).toBeLessThanOrEqual(15);
  },
);

function roomOf(path: string): string {
  const [top, room, ...rest] = path.split("/");
  if (top !== "src") return top ?? "";
  if (rest.length > 0) return room ?? "";
  if (room === "errors.ts") return "errors";
  return [
    "config.ts",
    "audit-settings.ts",
    "load-settings.ts",
    "config-lines.ts",
    "setting.ts",
    "setting-shapes.ts",
  ].includes(room ?? "")
    ? "config"
    : "app";
}

function valuesFrom(path: string): readonly SourceImport[] {
  const file: SourceFile | undefined = FILES.find((one) => one.path === path);
  return file?.imports.filter(({ isTypeOnly }) => !isTypeOnly) ?? [];
}

/** Files and packages that run when these do, themselves included. */
function reachableFrom(paths: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const open = [...paths];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    open.push(...valuesFrom(path).map(({ to }) => to));
  }
  return seen;
}

function filesWith(pattern: RegExp): string[] {
  return FILES.filter(({ code }) => pattern.test(code)).map(({ path }) => path);
}

function inWords({ from, to, isTypeOnly }: SourceImport): string {
  return `${from} imports ${isTypeOnly ? "types" : "values"} of ${to}`;
}

function folder(): string {
  return join(import.meta.dirname, "../src");
}
