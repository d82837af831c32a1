import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { type EmbeddedServer, startEmbeddedServer } from "../../src/database/embedded-server.ts";
import { packageRoot } from "../../src/lib/package-root.ts";
import { buildProgram, type ServerProcess, startServerProcess } from "./server-process.ts";

/** A database server and two nodes, each of which can be killed at any moment and started again. */
export interface CrashWorld {
  /** Addresses of the nodes that are up. */
  urls(): readonly string[];
  databaseUrl(): string;
  /** A token of a demo caller that is good for the whole test. */
  tokenOf(caller: string, purpose: string): Promise<string>;
  killNode(which: number): Promise<void>;
  startNode(which: number): Promise<void>;
  killDatabase(): Promise<void>;
  startDatabase(): Promise<void>;
  close(): Promise<void>;
}

const NODES = 2;

/** Starts all of it, on data of its own. */
export async function startCrashWorld(): Promise<CrashWorld> {
  await buildProgram();
  const folder = mkdtempSync(join(tmpdir(), "custodia-crash-"));
  // The account that runs PostgreSQL for root has to get through.
  chmodSync(folder, 0o711);
  const dataDirectory = join(folder, "postgres");
  let database: EmbeddedServer = await startEmbeddedServer({ dataDirectory });
  const port = Number(new URL(database.url).port);
  const settings = {
    DATA_DIR: folder,
    DATABASE_URL: database.url,
    DATABASE_CONNECT_TIMEOUT_MS: "2000",
  };
  const nodes: (ServerProcess | null)[] = [];
  const startNode = async (which: number): Promise<void> => {
    nodes[which] = await startServerProcess(settings);
  };
  for (let which = 0; which < NODES; which += 1) await startNode(which);
  return {
    urls: () => nodes.flatMap((node) => node?.url ?? []),
    databaseUrl: () => database.url,
    async tokenOf(caller, purpose) {
      const program = join(packageRoot(), "dist", "src", "cli.js");
      const words = [program, "token", caller, "--purpose", purpose];
      const env = { ...process.env, ...settings };
      const { stdout } = await promisify(execFile)(process.execPath, words, { env });
      return stdout.trim();
    },
    startNode,
    async killNode(which) {
      const node = nodes[which];
      nodes[which] = null;
      await node?.kill();
    },
    async killDatabase() {
      const file = join(database.clusterFolder, "postmaster.pid");
      process.kill(Number(readFileSync(file, "utf8").split("\n")[0]), "SIGKILL");
      // What it had started notices that it is gone and ends; only then the folder is free again.
      await pause(300);
    },
    async startDatabase() {
      for (let tries = 1; ; tries += 1) {
        try {
          database = await startEmbeddedServer({ dataDirectory, port });
          return;
        } catch (error) {
          if (tries === 20) throw error;
          await pause(250);
        }
      }
    },
    async close() {
      for (const node of nodes) await node?.stop();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
