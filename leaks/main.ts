import { readOptions, USAGE } from "./options.ts";
import { inWords } from "./print.ts";
import { runLeakSuite } from "./suite.ts";
import { readTarget } from "./target.ts";
import { callerHeaders } from "./tokens.ts";

const NOTHING_PROVED = 2;

/** 0: nothing is open; 1: something is; 2: the suite could not be run, so nothing is known. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === null) {
    console.log(USAGE);
    return 0;
  }
  const { url, tokens, maxRequests } = options;
  const target = readTarget(options.target);
  const headers = await callerHeaders(url, { target, tokens });
  const report = await runLeakSuite({
    target,
    connection: { url: url.href, maxRequests, headers },
  });
  console.log(options.json ? JSON.stringify(report, null, 2) : inWords(report));
  return report.rows.some(({ verdict }) => verdict === "open") ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  const cause =
    error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : "";
  console.error(`leaks: ${error instanceof Error ? error.message : String(error)}${cause}`);
  process.exitCode = NOTHING_PROVED;
}
