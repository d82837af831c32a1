import { execFileSync } from "node:child_process";
import { cpus, release, totalmem, type } from "node:os";
import type { Cluster } from "../data/cluster.ts";
import { fromRoot } from "./product.ts";

/** The machine in words. */
export async function describeMachine(cluster: Cluster): Promise<Record<string, string>> {
  const all = cpus();
  const [settings] = await cluster.run(
    `SELECT current_setting('server_version') AS version, current_setting('shared_buffers') AS buffers,
            current_setting('synchronous_commit') AS commit, current_setting('fsync') AS fsync`,
  );
  return {
    processor: `${all.length} × ${all[0]?.model.trim() ?? "unknown"}; server, database and load share them`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${type()} ${release()}`,
    node: process.version,
    postgresql: `${String(settings?.["version"])}, shared_buffers ${String(settings?.["buffers"])}, fsync ${String(settings?.["fsync"])}, synchronous_commit ${String(settings?.["commit"])}`,
  };
}

/** Short name of the commit, with a plus sign where files were changed since. */
export function commitNow(): string {
  const git = (...words: string[]): string =>
    execFileSync("git", words, {
      cwd: fromRoot("."),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  try {
    const changed = git("status", "--porcelain", "--", "src", "policies", "seeds", "bench/peers");
    return `${git("rev-parse", "--short", "HEAD")}${changed === "" ? "" : "+"}`;
  } catch {
    return "unknown";
  }
}
