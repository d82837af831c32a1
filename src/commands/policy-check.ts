import { Command } from "commander";
import { buildApi } from "../api.ts";
import { loadConfig } from "../config.ts";
import { readPolicyFiles } from "../policy/document.ts";
import { findingsIn } from "../policy/findings.ts";
import { loadPolicy } from "../policy/load.ts";
import { imaginaryPeople, lockOutFindings } from "../policy/lock-out.ts";

/** `custodia policy check`: faults stop the loading; what is merely odd is told as a finding. */
export function policyCheckCommand(): Command {
  return new Command("check")
    .description("read every document; print faults and findings with file, line and suggestion")
    .argument("[folder]", "policy folder; that of the settings when left out")
    .action((folder: string | undefined) => {
      const { catalog } = buildApi();
      const policy = loadPolicy(readPolicyFiles(folder ?? loadConfig().policyDir), catalog);
      const now = new Date();
      const people = imaginaryPeople(policy);
      const findings = [
        ...lockOutFindings({ policy, catalog, people, now }),
        ...findingsIn(policy, catalog, now),
      ];
      for (const { severity, file, line, message } of findings) {
        console.log(`${file}:${line}: ${severity}: ${message}`);
      }
      const { version, rules, roles, purposes } = policy;
      const errors = findings.filter(({ severity }) => severity === "error").length;
      const found =
        findings.length === 0
          ? "no faults"
          : `${errors} errors, ${findings.length - errors} warnings`;
      console.log(
        `Policy ${version}: ${roles.size} roles, ${purposes.size} purposes, ${rules.length} rules, ${found}.`,
      );
      if (errors > 0) process.exitCode = 1;
    });
}
