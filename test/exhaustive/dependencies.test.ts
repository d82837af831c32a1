import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/lib/package-root.ts";

type Versions = Readonly<Record<string, string>>;

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

const { dependencies, devDependencies, optionalDependencies } = readJson<{
  dependencies: Versions;
  devDependencies: Versions;
  optionalDependencies: Versions;
}>("package.json");
const pinned = { ...dependencies, ...devDependencies, ...optionalDependencies };
const { packages } = readJson<Lock>("package-lock.json");

/** Versions below which an advisory is known. */
const FIXED_IN: readonly (readonly [name: string, version: string, advisory: string])[] = [
  ["@mikro-orm/core", "7.0.6", "CVE-2026-34220, CVE-2026-34221"],
  ["@mikro-orm/sql", "7.0.6", "CVE-2026-44680"],
  ["@casl/ability", "6.7.5", "CVE-2026-1774"],
  ["@apollo/server", "5.5.0", "CVE-2026-23897, GHSA-9q82-xgwf-vj6h"],
  ["graphql", "16.8.1", "CVE-2023-26144"],
];

test.each(Object.entries(pinned))("%s is pinned to one version: %s", (name, version) => {
  expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  expect(packages[`node_modules/${name}`]?.version).toBe(version);
});

test.each(FIXED_IN)("every copy of %s is at least %s (%s)", (name, fixedIn) => {
  const copies = copiesOf(name);
  expect(copies.length).toBeGreaterThan(0);
  for (const version of copies) expect(compare(version, fixedIn)).toBeGreaterThanOrEqual(0);
});

test("there is one copy of graphql, of the major version that type-graphql and Apollo know", () => {
  expect(copiesOf("graphql")).toEqual([expect.stringMatching(/^16\./)]);
});

test("the packages of MikroORM have one version", () => {
  const versions = Object.entries(pinned).filter(([name]) => name.startsWith("@mikro-orm/"));
  // core, sql and postgresql: were one of them not pinned, npm could bring another version of it.
  expect(versions.length).toBeGreaterThanOrEqual(3);
  expect(new Set(versions.map(([, version]) => version)).size).toBe(1);
});

function copiesOf(name: string): string[] {
  return Object.entries(packages)
    .filter(([path]) => path.endsWith(`node_modules/${name}`))
    .map(([, { version = "" }]) => version);
}

function compare(version: string, other: string): number {
  const parts = (text: string): number[] => text.split(/[.-]/).slice(0, 3).map(Number);
  const others = parts(other);
  const differences = parts(version).map((part, at) => part - (others[at] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(join(packageRoot(), file), "utf8")) as T;
}
