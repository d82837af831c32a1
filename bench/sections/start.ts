import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCustodia } from "../peers.ts";
import { startServer } from "../run/children.ts";
import type { BenchContext } from "../run/context.ts";
import { fromRoot } from "../run/product.ts";

/** Milliseconds from the start of the process to the line that tells the address. */
export interface StartFigures {
  /** What `npm start` runs, with its embedded database of the demonstration. */
  readonly embedded: readonly number[];
  /** `custodia serve` on the database that is measured on. */
  readonly onDatabase: readonly number[];
}

/** How long it takes until the first request can be sent, on data that is there. */
export async function runStart(context: BenchContext): Promise<StartFigures> {
  const times = context.options.size === "smoke" ? 2 : 7;
  const dataDir = mkdtempSync(join(tmpdir(), "custodia-bench-start-"));
  chmodSync(dataDir, 0o711);
  const env = {
    ...context.env,
    DATA_DIR: dataDir,
    NODE_COMPILE_CACHE: fromRoot("node_modules/.cache/node"),
  };
  const embedded: number[] = [];
  const onDatabase: number[] = [];
  try {
    // The first start makes the cluster and the demonstration.
    await (await startOwn(env)).stop();
    for (let at = 0; at < times; at += 1) {
      const own = await startOwn(env);
      embedded.push(own.startedInMs);
      await own.stop();
      const other = await startCustodia(context.url, {
        ...context.env,
        NODE_COMPILE_CACHE: env.NODE_COMPILE_CACHE,
      });
      onDatabase.push(other.startedInMs);
      await other.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
  context.say(
    `start: embedded ${embedded.map(Math.round).join("/")} ms, on the database ${onDatabase.map(Math.round).join("/")} ms`,
  );
  return { embedded, onDatabase };
}

function startOwn(env: NodeJS.ProcessEnv): ReturnType<typeof startServer> {
  return startServer([fromRoot("scripts/bootstrap.mjs"), "custodia", "serve"], env);
}
