import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyOf, dropDatabase } from "../data/filled-database.ts";
import { median } from "../lib/statistics.ts";
import type { BenchContext } from "../run/context.ts";
import { fromRoot, runProduct } from "../run/product.ts";

/** How fast a ledger is read in, each row checked and sealed, by one process. */
export interface ImportFigures {
  readonly rows: number;
  /** Made-up rows that a check refused, such as minors without a guardian. */
  readonly rejected: number;
  /** Rows per second of each run, from the start of the command to its end. */
  readonly whole: readonly number[];
  /** Rows per second as the product tells them: from the first row on. */
  readonly told: readonly number[];
}

interface Generator {
  generatedCustomer: (index: number) => {
    readonly record: Readonly<Record<string, string | null>>;
  };
}

/** Imports a made-up ledger into a database that has other customers already. */
export async function runImport(context: BenchContext): Promise<ImportFigures> {
  const { options, cluster, filled, env, say } = context;
  const rows = options.size === "smoke" ? 2_000 : 100_000;
  const folder = mkdtempSync(join(tmpdir(), "custodia-bench-ledger-"));
  const ledger = join(folder, "ledger.ndjson");
  await writeLedger(ledger, rows);
  const whole: number[] = [];
  const told: number[] = [];
  let rejected = 0;
  try {
    for (let round = 0; round < Math.min(options.rounds, 3); round += 1) {
      const url = await copyOf(cluster, filled.name, "bench_import");
      const start = performance.now();
      const said = await runProduct(
        [
          "import",
          ledger,
          "--organisation",
          "transferee",
          "--report",
          join(folder, `${round}.csv`),
        ],
        { ...env, DATABASE_URL: url },
        // Some rows were refused.
        [0, 2],
      );
      whole.push(rows / ((performance.now() - start) / 1_000));
      const [, refused = "0"] = /REJECTED\s+([\d,]+)/.exec(said) ?? [];
      rejected = Number(refused.replaceAll(",", ""));
      told.push(Number(/([\d,]+) rows\/s/.exec(said)?.[1]?.replaceAll(",", "")));
      say(`import: ${said.replaceAll(/\s+/g, " ").slice(0, 200)}`);
      await dropDatabase(cluster, "bench_import");
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(`import: ${Math.round(median(whole))} rows/s in all`);
  return { rows, rejected, whole, told };
}

/** A ledger of the customers that would come next; new numbers, so that each is new. */
async function writeLedger(file: string, rows: number): Promise<void> {
  const { generatedCustomer } = (await import(
    fromRoot("dist/seeds/generate.js")
  )) as unknown as Generator;
  const lines = Array.from({ length: rows }, (_, at) => {
    const { record } = generatedCustomer(1_000_000 + at);
    const values = Object.entries(record).filter(([, value]) => value !== null);
    return JSON.stringify({ ...Object.fromEntries(values), customerNo: `BL-${at}` });
  });
  writeFileSync(file, `${lines.join("\n")}\n`);
}
