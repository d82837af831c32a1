import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { packageRoot } from "../../../src/lib/package-root.ts";
import { buildProgram } from "../../support/server-process.ts";

/** A process that is told to stop and holds a timer for an hour, or nothing. */
async function stopped(holding: string): Promise<{ code: number; said: string }> {
  const file = join(packageRoot(), "dist", "src", "commands", "end-in-time.js");
  // Less than no grace, so that nobody waits for the time that closing has.
  const program = `const { endInTime } = await import(${JSON.stringify(file)}); endInTime(-14_900); ${holding}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, "close")) as [number];
  return { code, said };
}

beforeAll(buildProgram, 120_000);

test("a process that something holds up ends all the same, and says what it was", async () => {
  const { code, said } = await stopped("setTimeout(() => undefined, 3_600_000);");
  expect(code).toBe(1);
  expect(said).toMatch(/^custodia: stopped while something was still open \(.*Timeout.*\)\.\n$/);
}, 60_000);

test("a process that nothing holds up ends by itself", async () => {
  expect(await stopped("")).toEqual({ code: 0, said: "" });
}, 60_000);
