import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Mutant } from "./mutants.ts";
import { parsedAs, readTableFile } from "./table-file.ts";

const FILE = "survivors.yaml";

const list = z.strictObject({
  survivors: z.array(
    z.strictObject({
      rule: z.string().describe("Id of the rule."),
      change: z.string().describe("The change, as `policy test` says it."),
      because: z.string().describe("Why no case can notice it."),
    }),
  ),
});

/** A mutant that no case can notice, with the reason. */
export type ExplainedSurvivor = z.infer<typeof list>["survivors"][number] & {
  readonly line: number;
};

/** The survivors that a folder of tables explains. */
export function explainedSurvivors(folder: string): ExplainedSurvivor[] {
  const path = join(folder, FILE);
  if (!existsSync(path)) return [];
  const file = readTableFile(path, FILE);
  return parsedAs(list, file).survivors.map((one, index) => ({
    ...one,
    line: file.lineOf("survivors", index),
  }));
}

/** Survivors without a reason, and reasons for what does not survive. */
export function unexplained(
  survivors: readonly Mutant[],
  explained: readonly ExplainedSurvivor[],
): { silent: readonly Mutant[]; stale: readonly ExplainedSurvivor[] } {
  const isSame = ({ rule, change }: Mutant, one: ExplainedSurvivor): boolean =>
    rule.id === one.rule && change === one.change;
  return {
    silent: survivors.filter((mutant) => !explained.some((one) => isSame(mutant, one))),
    stale: explained.filter((one) => !survivors.some((mutant) => isSame(mutant, one))),
  };
}
