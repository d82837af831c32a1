import { join } from "node:path";
import { z } from "zod";
import { AUDIT_SETTINGS } from "./audit-settings.ts";
import { DEVELOPMENT_ISSUER } from "./identity/development-issuer-name.ts";
import { isAddressRange } from "./identity/networks.ts";
import { tokenIssuersSchema, type TokenIssuer } from "./identity/token-issuer.ts";
import { BootError } from "./lib/boot-error.ts";
import { LOAD_SETTINGS } from "./load-settings.ts";
import { packageRoot } from "./lib/package-root.ts";
import { setting, settle, type Environment, type Setting } from "./setting.ts";
import { absolutePath, commaList, jsonOf, wholeNumber } from "./setting-shapes.ts";

const HOUR_S = 3_600;

/** Every setting, in the order in which `custodia config` lists them. */
export const SETTINGS = {
  mode: setting<"development" | "production">({
    doc: "`production` refuses demo callers, the development issuer, key and database.",
    env: ["CUSTODIA_MODE", "NODE_ENV"],
    default: "development",
    schema: z
      .enum(["development", "test", "production"])
      .transform((mode) => (mode === "production" ? mode : "development")),
  }),
  host: setting({
    doc: "Address on which the server listens.",
    env: "HOST",
    default: "127.0.0.1",
    schema: z.string(),
  }),
  port: setting({
    doc: "Port on which the server listens; 0 takes any free one.",
    env: "PORT",
    default: 4000,
    schema: wholeNumber({ min: 0, max: 65_535 }),
  }),
  publicUrl: setting<string | null>({
    doc: "Address under which clients reach the server, such as https://custodia.example; AuthZEN metadata names it, and production offers none without it.",
    env: "PUBLIC_URL",
    default: null,
    schema: z.string().regex(/^https:\/\/[\w.:[\]-]+$/, "must be https://host without a path"),
  }),
  trustProxy: setting<readonly string[]>({
    doc: "Networks (CIDR, by comma) of proxies whose X-Forwarded-For is believed; none by default.",
    env: "TRUST_PROXY",
    default: [],
    schema: commaList({ passes: isAddressRange, fault: "must be networks in CIDR notation" }),
  }),
  logLevel: setting<string>({
    doc: "Least important log entries that are written.",
    env: "LOG_LEVEL",
    default: "info",
    schema: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]),
  }),
  shutdownGraceMs: setting({
    doc: "How long requests in flight may take to finish once the server is told to stop.",
    unit: "ms",
    env: "SHUTDOWN_GRACE_MS",
    default: 10_000,
    schema: wholeNumber({ min: 0, max: 600_000 }),
  }),
  dataDir: setting({
    doc: "Folder of the embedded database and of development keys.",
    env: "DATA_DIR",
    default: join(packageRoot(), ".data"),
    schema: absolutePath(),
  }),
  databaseUrl: setting<string | null>({
    doc: "PostgreSQL to use; without it the embedded one is started.",
    env: "DATABASE_URL",
    secret: true,
    default: null,
    schema: z.string().regex(/^postgres(ql)?:\/\/./, "must start with postgres://"),
  }),
  databasePoolMax: setting({
    doc: "Connections that one process opens at most.",
    env: "DATABASE_POOL_MAX",
    default: 10,
    schema: wholeNumber({ min: 2, max: 1_000 }),
  }),
  databaseConnectTimeoutMs: setting({
    doc: "How long a request waits for a free connection before it is answered SERVICE_UNAVAILABLE.",
    unit: "ms",
    env: "DATABASE_CONNECT_TIMEOUT_MS",
    default: 5_000,
    schema: wholeNumber({ min: 100, max: 60_000 }),
  }),
  statementTimeoutMs: setting({
    doc: "How long one SQL statement of a request may run.",
    unit: "ms",
    env: "STATEMENT_TIMEOUT_MS",
    default: 10_000,
    schema: wholeNumber({ min: 100, max: 600_000 }),
  }),
  masterKeyFile: setting<string | null>({
    doc: "File of the key that wraps every organisation's key; by default keys/master.key in DATA_DIR.",
    env: "MASTER_KEY_FILE",
    default: null,
    schema: absolutePath(),
  }),
  policyDir: setting({
    doc: "Folder of the policy documents; their digest is the policy version.",
    env: "POLICY_DIR",
    default: join(packageRoot(), "policies"),
    schema: absolutePath(),
  }),
  policyCasesDir: setting({
    doc: "Folder of the decision tables that a new version of the policy is tested with.",
    env: "POLICY_CASES_DIR",
    default: join(packageRoot(), "test", "policies"),
    schema: absolutePath(),
  }),
  policySource: setting<"folder" | "database" | null>({
    doc: "`folder`: POLICY_DIR is activated at every start, as in development. `database`: what was activated there is served, as in production, and POLICY_DIR only where nothing was ever stored.",
    env: "POLICY_SOURCE",
    default: null,
    schema: z.enum(["folder", "database"]),
  }),
  changeFeed: setting<"listen" | "poll">({
    doc: "How a node hears of changes: `listen`, or `poll` alone where a pooler shares connections (PgBouncer in transaction mode).",
    env: "CHANGE_FEED",
    default: "listen",
    schema: z.enum(["listen", "poll"]),
  }),
  changePollMs: setting({
    doc: "How often a node asks whether anything changed, also while it listens: what was lost is found then.",
    unit: "ms",
    env: "CHANGE_POLL_MS",
    default: 400,
    schema: wholeNumber({ min: 50, max: 500 }),
  }),
  changeLimitMs: setting({
    doc: "Age of the last answer to that question beyond which a node asks at once, and serves nothing until it is answered.",
    unit: "ms",
    env: "CHANGE_LIMIT_MS",
    default: 1_000,
    schema: wholeNumber({ min: 600, max: 60_000 }),
  }),
  tokenIssuers: setting<readonly TokenIssuer[]>({
    doc: "Accepted issuers, a JSON list of { issuer, jwksUrl, audience, algorithms?, types?, claims? }.",
    env: "TOKEN_ISSUERS",
    default: [],
    schema: jsonOf(tokenIssuersSchema),
  }),
  tokenClockToleranceS: setting({
    doc: "How far an issuer's clock may differ from ours.",
    unit: "s",
    env: "TOKEN_CLOCK_TOLERANCE_S",
    default: 5,
    schema: wholeNumber({ min: 0, max: 300 }),
  }),
  tokenMaxAgeS: setting({
    doc: "Age beyond which a token is refused, whatever expiry it names.",
    unit: "s",
    env: "TOKEN_MAX_AGE_S",
    default: 24 * HOUR_S,
    schema: wholeNumber({ min: 60, max: 30 * 24 * HOUR_S }),
  }),
  maxDepth: setting({
    doc: "Deepest nesting of fields in one operation.",
    unit: "levels",
    env: "MAX_DEPTH",
    default: 12,
    schema: wholeNumber({ min: 1, max: 100 }),
  }),
  maxAliases: setting({
    doc: "Most aliases in one operation.",
    env: "MAX_ALIASES",
    default: 30,
    schema: wholeNumber({ min: 0, max: 10_000 }),
  }),
  maxTokens: setting({
    doc: "Longest document, in lexical tokens of GraphQL.",
    unit: "tokens",
    env: "MAX_TOKENS",
    default: 5_000,
    schema: wholeNumber({ min: 100, max: 1_000_000 }),
  }),
  maxPageSize: setting({
    doc: "Most rows on one page of a connection.",
    unit: "rows",
    env: "MAX_PAGE_SIZE",
    default: 200,
    schema: wholeNumber({ min: 1, max: 10_000 }),
  }),
  maxCost: setting({
    doc: "Dearest operation: the number of fields that it could return if every page were full.",
    unit: "fields",
    env: "MAX_COST",
    default: 100_000,
    schema: wholeNumber({ min: 100, max: 100_000_000 }),
  }),
  maxBodyBytes: setting({
    doc: "Largest request body.",
    unit: "bytes",
    env: "MAX_BODY_BYTES",
    default: 262_144,
    schema: wholeNumber({ min: 1_024, max: 67_108_864 }),
  }),
  authzenMaxEvaluations: setting({
    doc: "Most evaluations in one AuthZEN request.",
    unit: "evaluations",
    env: "AUTHZEN_MAX_EVALUATIONS",
    default: 100,
    schema: wholeNumber({ min: 1, max: 10_000 }),
  }),
  authzenMaxJudged: setting({
    doc: "Most principals, rows or actions that one AuthZEN search judges; its page ends there.",
    unit: "candidates",
    env: "AUTHZEN_MAX_JUDGED",
    default: 500,
    schema: wholeNumber({ min: 10, max: 100_000 }),
  }),
  rateLimitPerMinute: setting({
    doc: "Requests that one caller, or one address without a caller, may send.",
    unit: "requests/min",
    env: "RATE_LIMIT_PER_MINUTE",
    default: 60_000,
    schema: wholeNumber({ min: 1, max: 100_000_000 }),
  }),
  ...LOAD_SETTINGS,
  ...AUDIT_SETTINGS,
} as const;

/** Name of one setting, as code reads it from the configuration. */
export type SettingName = keyof typeof SETTINGS;

type ValueOf<Record> = Record extends Setting<infer T> ? T : never;
type Settings = { readonly [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> };

/** Every setting's value; `sources` tells the environment name that gave it, or `default`. */
export interface Config extends Settings {
  readonly masterKeyFile: string;
  readonly policySource: "folder" | "database";
  readonly sources: Readonly<Record<SettingName, string>>;
}

/** The master key of development, beside the embedded database and not in its folder. */
export function developmentMasterKeyFile(dataDir: string): string {
  return join(dataDir, "keys", "master.key");
}

/**
 * Reads every setting from the environment.
 * Throws a BootError that lists all faults together and never shows a secret.
 */
export function loadConfig(env: Environment = process.env): Config {
  const names = Object.keys(SETTINGS) as SettingName[];
  const settled = names.map((name) => ({ name, ...settle<unknown>(SETTINGS[name], env) }));
  const settings = Object.fromEntries(settled.map(({ name, value }) => [name, value])) as Settings;
  const sources = Object.fromEntries(settled.map(({ name, source }) => [name, source]));
  const config: Config = {
    ...settings,
    masterKeyFile: settings.masterKeyFile ?? developmentMasterKeyFile(settings.dataDir),
    policySource: settings.policySource ?? (settings.mode === "production" ? "database" : "folder"),
    sources: sources as Config["sources"],
  };
  const faults = settled.flatMap(({ fault }) => fault ?? []);
  // What is missing can only be told once what is there has been understood.
  if (faults.length === 0 && config.mode === "production") faults.push(...productionFaults(config));
  if (faults.length > 0) throw new BootError(faults);
  return config;
}

/** What development takes for granted and production has to be told. */
function productionFaults(config: Config): string[] {
  const faults: string[] = [];
  if (config.databaseUrl === null)
    faults.push("DATABASE_URL: production needs its own PostgreSQL, not the embedded one");
  if (config.masterKeyFile === developmentMasterKeyFile(config.dataDir))
    faults.push("MASTER_KEY_FILE: production needs its own key, not the development master key");
  if (config.tokenIssuers.length === 0)
    faults.push("TOKEN_ISSUERS: production needs an issuer, demo callers are refused");
  if (config.tokenIssuers.some(({ issuer }) => issuer === DEVELOPMENT_ISSUER))
    faults.push("TOKEN_ISSUERS: production refuses the development issuer");
  return faults;
}
