import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

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

/** What one command of the product prints. @throws Error unless it ends with a code that is good */
export async function runProduct(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
  goodCodes: readonly number[] = [0],
): Promise<string> {
  const child = spawn(process.execPath, [CLI, ...words], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const code = await new Promise<unknown>((resolve) => child.once("close", resolve));
  if (!goodCodes.includes(Number(code)))
    throw new Error(`custodia ${words.join(" ")} ended with ${String(code)}.`);
  return printed.trim();
}
