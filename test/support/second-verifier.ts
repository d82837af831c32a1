import { spawnSync } from "node:child_process";
import { join } from "node:path";

const SCRIPT = join(import.meta.dirname, "../../scripts/verify-evidence.py");

/** Whether the second verifier can run here. */
export const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** What a test that needs it says where it cannot. */
export const pythonClaim = hasPython ? "" : " (skipped: python3 is not on this machine)";

/** What a verifier said: the verdict, and each fault with its place. */
export interface Said {
  readonly verdict: string;
  readonly faults: readonly { readonly code: string; readonly subject: string }[];
}

/** Runs the verifier in Python. */
export function runSecondVerifier(words: readonly string[]): { code: number | null; out: string } {
  const { status, stdout, stderr } = spawnSync("python3", [SCRIPT, ...words], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  return { code: status, out: stdout === "" ? stderr : stdout };
}

/** Its verdict; exit code and verdict have to agree. */
export function secondVerdict(words: readonly string[]): Said {
  const { code, out } = runSecondVerifier([...words, "--json"]);
  if (code !== 0 && code !== 1) throw new Error(out);
  const said = JSON.parse(out) as Said;
  if ((said.verdict === "OK") !== (code === 0))
    throw new Error(`${said.verdict}, but exit ${code}`);
  return said;
}
