import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig, SETTINGS } from "../../src/config.ts";
import { describeConfig } from "../../src/config-lines.ts";
import { namesOf, type Environment, type Setting } from "../../src/setting.ts";

const PRODUCTION = {
  CUSTODIA_MODE: "production",
  DATABASE_URL: "postgres://custodia:s3cret@db/custodia",
  MASTER_KEY_FILE: "/run/secrets/master.key",
  TOKEN_ISSUERS: JSON.stringify([
    {
      issuer: "https://login.example",
      jwksUrl: "https://login.example/jwks",
      audience: "custodia",
    },
  ]),
};

function faultsOf(env: Environment): string[] {
  try {
    loadConfig(env);
  } catch (error) {
    return (error as Error).message.split("\n");
  }
  return [];
}

test("without an environment every setting has its default", () => {
  const config = loadConfig({});
  expect(config).toMatchObject({ mode: "development", host: "127.0.0.1", port: 4000 });
  expect(config.databaseUrl).toBeNull();
  expect(config.masterKeyFile).toBe(join(config.dataDir, "keys", "master.key"));
  expect(new Set(Object.values(config.sources))).toEqual(new Set(["default"]));
});

test("a variable that is empty is not set", () => {
  expect(loadConfig({ PORT: "" }).port).toBe(4000);
});

test("every fault is told at once, by the variable's name", () => {
  expect(
    faultsOf({ PORT: "70000", MAX_DEPTH: "-1", TRUST_PROXY: "10.0.0.1", TOKEN_ISSUERS: "[" }),
  ).toEqual([
    expect.stringMatching(/^PORT: /),
    "TRUST_PROXY: must be networks in CIDR notation",
    "TOKEN_ISSUERS: must be valid JSON",
    "MAX_DEPTH: must be a whole number",
  ]);
});

test("a secret is read from a file, and never printed", () => {
  const folder = mkdtempSync(join(tmpdir(), "config-"));
  const file = join(folder, "url");
  writeFileSync(file, "postgres://custodia:s3cret@db/custodia\n");
  const config = loadConfig({ DATABASE_URL_FILE: file });
  rmSync(folder, { recursive: true });

  expect(config.databaseUrl).toBe("postgres://custodia:s3cret@db/custodia");
  const line = describeConfig(config).find(({ env }) => env.startsWith("DATABASE_URL"));
  expect(line).toMatchObject({ value: "set", source: "DATABASE_URL_FILE" });
  expect(JSON.stringify(describeConfig(config))).not.toContain("s3cret");
});

test("a wrong secret is not repeated in its fault", () => {
  expect(faultsOf({ DATABASE_URL: "mysql://root:s3cret@db" }).join()).not.toContain("s3cret");
  expect(faultsOf({ DATABASE_URL_FILE: "/nowhere" })).toEqual([
    "DATABASE_URL_FILE: names a file that cannot be read",
  ]);
});

test("NODE_ENV=production is production, unless CUSTODIA_MODE says otherwise", () => {
  expect(loadConfig({ ...PRODUCTION, CUSTODIA_MODE: undefined, NODE_ENV: "production" }).mode).toBe(
    "production",
  );
  expect(loadConfig({ CUSTODIA_MODE: "development", NODE_ENV: "production" }).mode).toBe(
    "development",
  );
});

test("production refuses what development takes for granted, one line each", () => {
  expect(faultsOf({ CUSTODIA_MODE: "production" })).toEqual([
    expect.stringMatching(/^DATABASE_URL: .*embedded/),
    expect.stringMatching(/^MASTER_KEY_FILE: .*development master key/),
    expect.stringMatching(/^TOKEN_ISSUERS: .*demo callers/),
  ]);
  expect(faultsOf(PRODUCTION)).toEqual([]);
});

test("production refuses the development issuer by name", () => {
  const TOKEN_ISSUERS = PRODUCTION.TOKEN_ISSUERS.replace(
    "https://login.example",
    "urn:custodia:development-issuer",
  );
  expect(faultsOf({ ...PRODUCTION, TOKEN_ISSUERS })).toEqual([
    "TOKEN_ISSUERS: production refuses the development issuer",
  ]);
});

test("keys of an issuer do not travel in the open", () => {
  const TOKEN_ISSUERS = PRODUCTION.TOKEN_ISSUERS.replace(
    "https://login.example/jwks",
    "http://login.example/",
  );
  expect(faultsOf({ TOKEN_ISSUERS })).toEqual([expect.stringContaining("must be an https URL")]);
});

const RECORDS = Object.entries<Setting<unknown>>(SETTINGS);

test.each(RECORDS)("%s is documented, and described once", (_name, record) => {
  expect(record.doc).toMatch(/^[A-Z`].*\.$/);
  const lines = describeConfig(loadConfig({}));
  expect(lines.filter(({ env }) => env === namesOf(record).join(" / "))).toHaveLength(1);
});

test("no two settings listen to one variable", () => {
  const names = RECORDS.flatMap(([, record]) => namesOf(record));
  expect(new Set(names).size).toBe(names.length);
});

test.each(RECORDS.filter(([, { default: value }]) => typeof value === "number"))(
  "%s accepts its own default, and no word",
  (_name, record) => {
    expect(record.schema.safeParse(String(record.default)).success).toBe(true);
    expect(record.schema.safeParse("many").success).toBe(false);
    expect(record.schema.safeParse("1e3").success).toBe(false);
  },
);
