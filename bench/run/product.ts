import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "../..");

/** The command line of the product as it was built. */
export const CLI = join(root, "dist/src/cli.js");

/** A path inside the clone. */
export function fromRoot(path: string): string {
  return join(root, path);
}

/** A module of the product as it was built, such as `database/pool.js`; without types. */
export function productModule(path: string): Promise<Record<string, never>> {
  const file = join(root, "dist/src", path);
  if (!existsSync(file)) throw new Error(`There is no ${path} in dist: run "npm run build".`);
  return import(file);
}

/** What one command of the product prints. */
export async function runProduct(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const command = promisify(execFile);
  const { stdout } = await command(process.execPath, [CLI, ...words], {
    env,
    encoding: "utf8",
    maxBuffer: 16_000_000,
  });
  return stdout.trim();
}
