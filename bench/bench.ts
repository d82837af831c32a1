import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { readOptions } from "./lib/options.ts";

/*
 * `npm run bench`: measures the product against floors and peers and writes RESULTS.md with its charts.
 * Its packages are its own; they are installed at the first run.
 */
const here = import.meta.dirname;
const options = readOptions(process.argv.slice(2), process.env);
const installed = join(here, "node_modules/.package-lock.json");
const isInstalled =
  existsSync(installed) &&
  statSync(installed).mtimeMs >= statSync(join(here, "package-lock.json")).mtimeMs;
if (!isInstalled) {
  console.error("bench: installing the packages of the peers …");
  execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], {
    cwd: here,
    stdio: "inherit",
  });
}
const { runBenchmarks } = await import("./run/benchmarks.ts");
await runBenchmarks(options);
