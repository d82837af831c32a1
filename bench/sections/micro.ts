import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { BenchContext } from "../run/context.ts";

/** What policy costs by itself; null where nothing measures it. */
export interface MicroFigures {
  readonly verdictConstantUs?: number;
  readonly verdictConditionalUs?: number;
  readonly planMs?: number;
  readonly w7PolicyMs?: number;
  readonly explainRatio?: number;
}

const PROGRAM = join(import.meta.dirname, "../policy-micro.ts");

/** Runs the benchmark of the policy engine alone. */
export async function runMicro(context: BenchContext): Promise<MicroFigures | null> {
  if (!existsSync(PROGRAM)) return null;
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, "--json"], {
    env: process.env,
    encoding: "utf8",
    maxBuffer: 16_000_000,
  });
  const figures = JSON.parse(stdout.slice(stdout.indexOf("{"))) as MicroFigures;
  context.say(`micro: ${JSON.stringify(figures)}`);
  return figures;
}
