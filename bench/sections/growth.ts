import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyOf, dropDatabase, filledDatabase } from "../data/filled-database.ts";
import { startCustodia } from "../peers.ts";
import type { Server } from "../run/children.ts";
import { type BenchContext, requestsTo, warmUpSeconds } from "../run/context.ts";
import { fromRoot } from "../run/product.ts";
import { measureInTurns, type Round, type Target } from "../run/rounds.ts";
import { customers } from "../workloads.ts";

/** Rounds by what grew: `rows 10`, `rules 1`, `customers 100000` … */
export interface GrowthFigures {
  readonly rows: readonly Grown[];
  readonly rules: readonly Grown[];
  readonly customers: readonly Grown[];
}

/** One size, and what a request came to there. */
export interface Grown {
  readonly size: number;
  readonly rounds: readonly Round[];
}

const ROWS = [10, 100, 1_000];

/** How the cost of a request grows as rows, rules and customers grow tenfold; one request at a time. */
export async function runGrowth(context: BenchContext): Promise<GrowthFigures> {
  const plain = await startCustodia(context.url, context.env);
  const rows = await grown(context, {
    sizes: ROWS,
    targetOf: async (size) => ({ server: plain, rows: size }),
  });
  const rules = await withManyRules(context, plain);
  const byCustomers = await withFewerCustomers(context, plain);
  await plain.stop();
  return { rows, rules, customers: byCustomers };
}

async function withManyRules(context: BenchContext, plain: Server): Promise<Grown[]> {
  const folder = mkdtempSync(join(tmpdir(), "custodia-bench-policies-"));
  const size = rulesIn(fromRoot("policies"));
  cpSync(fromRoot("policies"), folder, { recursive: true });
  addRules(folder, size * 9);
  // A policy is of the whole database, so the one with more rules has its own.
  const url = await copyOf(context.cluster, context.filled.name, "bench_rules");
  const server = await startCustodia(url, { ...context.env, POLICY_DIR: folder });
  try {
    return await grown(context, {
      sizes: [size, size * 10],
      targetOf: async (wanted) => ({ server: wanted === size ? plain : server, rows: 100 }),
    });
  } finally {
    await server.stop();
    await dropDatabase(context.cluster, "bench_rules");
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withFewerCustomers(context: BenchContext, plain: Server): Promise<Grown[]> {
  const { data } = context.options;
  const small = {
    ...data,
    customers: Math.round(data.customers / 10),
    transfers: Math.round(data.transfers / 10),
  };
  const filled = await filledDatabase(context.cluster, { size: small, onProgress: context.say });
  const url = await copyOf(context.cluster, filled.name, "bench_small");
  const server = await startCustodia(url, context.env);
  try {
    return await grown(context, {
      sizes: [small.customers, data.customers],
      targetOf: async (size) => ({ server: size === data.customers ? plain : server, rows: 100 }),
    });
  } finally {
    await server.stop();
    await dropDatabase(context.cluster, "bench_small");
  }
}

async function grown(
  context: BenchContext,
  {
    sizes,
    targetOf,
  }: {
    sizes: readonly number[];
    targetOf: (size: number) => Promise<{ server: Server; rows: number }>;
  },
): Promise<Grown[]> {
  const targets = await Promise.all(
    sizes.map(async (size): Promise<Target> => {
      const { server, rows } = await targetOf(size);
      const questions = [{ caller: "agent" as const, query: customers(rows) }];
      const requests = await requestsTo(context, { peer: "custodia", questions });
      return { name: String(size), server, requests, connections: 1 };
    }),
  );
  const { rounds, seconds } = context.options;
  const measured = await measureInTurns(targets, {
    rounds,
    seconds,
    warmUp: warmUpSeconds(context.options),
    databaseCpuUs: () => context.cluster.cpuUs(),
  });
  const figures = sizes.map((size) => ({ size, rounds: measured[String(size)] ?? [] }));
  context.say(
    `growth: ${figures.map(({ size, rounds: its }) => `${size}: ${its.map(({ p50 }) => p50.toFixed(2)).join("/")} ms`).join(", ")}`,
  );
  return figures;
}

/** Grants, entries for rows and stops of a policy. */
function rulesIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files
    .filter((name) => /^(roles|stops)\/.*\.yaml$|^rows\.yaml$/.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8").match(/^ {2}- id: /gm)?.length ?? 0)
    .reduce((sum, count) => sum + count, 0);
}

/**
 * More rules about the very fields that are read: half of them hold for another purpose, half for the caller's
 * own and for organisations unlike the caller's. Each reads the row, so none is free once it applies.
 */
function addRules(folder: string, count: number): void {
  const rules = Array.from({ length: count }, (_, at) =>
    [
      `  - id: many-${at}`,
      "    about: One of very many rules, to see what they cost.",
      "    source: bench",
      "    stage: CONTEXT",
      "    reason: CASE_MISSING",
      ...(at % 2 === 0
        ? ["    purposes: [ANALYTICS]"]
        : ["    purposes: [SERVICE_DELIVERY]", "    caller: { organisationIsFinancial: true }"]),
      `    when: { caseCodes: { includes: "MANY-${at}" } }`,
      ...(at % 4 < 2 ? [] : ["    fields: { classifications: [SENSITIVE] }"]),
      "    at-most: NONE",
    ].join("\n"),
  );
  writeFileSync(join(folder, "stops/many.yaml"), `stops:\n${rules.join("\n\n")}\n`);
}
