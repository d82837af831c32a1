import { stderr } from "node:process";
import { Presets, SingleBar } from "cli-progress";
import { Command, InvalidArgumentError } from "commander";
import { DEMO_CUSTOMERS } from "../../seeds/generate.ts";
import { seedDemo, type SeedSummary } from "../../seeds/seed-demo.ts";
import { type Config, loadConfig } from "../config.ts";
import { migrateUp } from "../database/migrate.ts";
import { openDatabase } from "../database/open-database.ts";
import { BootError } from "../lib/boot-error.ts";
import { fileMasterKey } from "../sealing/file-master-key.ts";
import { rowsPerSecond } from "./import-progress.ts";

/** `custodia seed`: the demonstration, or as many made-up customers as wanted. */
export function seedCommand(): Command {
  return new Command("seed")
    .description("fill the database with the demonstration; what is there already stays as it is")
    .option("--customers <number>", "made-up customers in all", wholeNumber, DEMO_CUSTOMERS)
    .action(async ({ customers }: { customers: number }) => {
      const start = performance.now();
      const { written, present } = await seed(loadConfig(), customers);
      const rate = written === 0 ? "" : ` (${rowsPerSecond(written, start)} rows/s)`;
      console.log(`${written} customers written${rate}, ${present} were there already.`);
    });
}

async function seed(config: Config, customers: number): Promise<SeedSummary> {
  if (config.mode === "production") {
    throw new BootError("custodia seed: production mode refuses demo callers and their customers");
  }
  const database = await openDatabase(config, { mayShare: true });
  const progress = seedBar(customers);
  try {
    await migrateUp(database.pool);
    const masterKey = fileMasterKey({ path: config.masterKeyFile, create: true });
    const { pool } = database;
    return await seedDemo({
      pool,
      masterKey,
      now: new Date(),
      customers,
      onProgress: progress.show,
    });
  } finally {
    progress.stop();
    await database.close();
  }
}

/** A bar on standard error; silent where that is no terminal. */
function seedBar(total: number): { show: (done: number) => void; stop: () => void } {
  if (!stderr.isTTY) return { show: () => {}, stop: () => {} };
  const format = "{bar} {percentage} % | {value} customers | {rate} rows/s | {eta_formatted} left";
  const start = performance.now();
  const bar = new SingleBar({ stream: stderr, format, hideCursor: true }, Presets.shades_classic);
  bar.start(total, 0, { rate: 0 });
  return {
    show: (done) => bar.update(Math.min(done, total), { rate: rowsPerSecond(done, start) }),
    stop: () => bar.stop(),
  };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("must be a whole number");
  return Number(text);
}
