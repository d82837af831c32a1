import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readOptions } from "./lib/options.ts";

/*
 * `npm run bench`: measures the product against floors and peers and writes RESULTS.md with its charts.
 * Its packages are its own; they are installed at the first run.
 */
const here = import.meta.dirname;
const options = readOptions(process.argv.slice(2), process.env);
const stamp = join(here, "node_modules/.custodia-installed");
const wanted = createHash("sha256")
  .update(readFileSync(join(here, "package-lock.json")))
  .digest("hex");
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  console.error("bench: installing the packages of the peers …");
  execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], {
    cwd: here,
    stdio: "inherit",
  });
  writeFileSync(stamp, wanted);
}
const { runBenchmarks } = await import("./run/benchmarks.ts");
await runBenchmarks(options);
