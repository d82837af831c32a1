import { Command } from "commander";
import { join } from "node:path";
import { buildApi } from "../api.ts";
import { loadConfig } from "../config.ts";
import { packageRoot } from "../lib/package-root.ts";
import { readPolicyFiles } from "../policy/document.ts";
import { loadPolicy } from "../policy/load.ts";
import { percentOf, type Proof, provePolicy } from "../proving/prove-policy.ts";

/** `custodia policy test`: the decision tables, and how well they hold the policy. */
export function policyTestCommand(): Command {
  return new Command("test")
    .description("run the decision tables; tell their coverage and which wrong policies they miss")
    .argument("[folder]", "folder of decision tables; that of the product when left out")
    .action((folder: string | undefined) => {
      const { catalog } = buildApi();
      const policy = loadPolicy(readPolicyFiles(loadConfig().policyDir), catalog);
      const tables = folder ?? join(packageRoot(), "test/policies");
      const proof = provePolicy({ policy, catalog, folder: tables, now: new Date() });
      console.log(reportOf(proof));
      if (!isWhole(proof)) process.exitCode = 1;
    });
}

/** True where every case holds, every outcome is asked for and every survivor is explained. */
function isWhole({ failed, coverage, silent, stale }: Proof): boolean {
  return failed.length + coverage.missing.length + silent.length + stale.length === 0;
}

function reportOf(proof: Proof): string {
  const { cases, failed, coverage, score, silent, stale } = proof;
  const covered = coverage.outcomes - coverage.missing.length;
  return [
    ...failed.map(
      ({ expected: { file, line, title }, failure }) => `${file}:${line}: ${title}: ${failure}`,
    ),
    ...coverage.missing.map((outcome) => `No case expects ${outcome}.`),
    ...silent.map(
      ({ rule, change }) => `${rule.file}:${rule.line}: no case notices ${rule.id} with ${change}.`,
    ),
    ...stale.map(
      ({ line, rule, change }) =>
        `survivors.yaml:${line}: ${rule} with ${change} does not survive.`,
    ),
    `${cases - failed.length} of ${cases} cases hold.`,
    `${covered} of ${coverage.outcomes} outcomes are asked for (role x purpose x category x level): ${inPercent((100 * covered) / coverage.outcomes)}.`,
    score === null
      ? "The mutation score is told once every case holds."
      : `${score.mutants - score.survivors.length} of ${score.mutants} wrong policies are noticed: ${inPercent(percentOf(score))}; ${score.survivors.length - silent.length} of the others are explained in survivors.yaml.`,
  ].join("\n");
}

/** Rounded down, so that only the whole is 100 %. */
function inPercent(share: number): string {
  return `${Math.floor(share * 10) / 10} %`;
}
