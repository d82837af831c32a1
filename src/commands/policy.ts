import { Command } from "commander";
import { buildApi } from "../api.ts";
import { loadConfig } from "../config.ts";
import { readPolicyFiles } from "../policy/document.ts";
import { loadPolicy } from "../policy/load.ts";
import { explainCommand } from "./policy-explain.ts";

/** `custodia policy`: checks the documents, and explains what they decide. */
export function policyCommand(): Command {
  return new Command("policy")
    .description("check the policy documents, or explain what they decide")
    .addCommand(checkCommand())
    .addCommand(explainCommand());
}

function checkCommand(): Command {
  return new Command("check")
    .description("read every document; print faults with file, line and suggestion")
    .argument("[folder]", "policy folder; that of the settings when left out")
    .action((folder: string | undefined) => {
      const { catalog } = buildApi();
      const policy = loadPolicy(readPolicyFiles(folder ?? loadConfig().policyDir), catalog);
      const { version, rules, roles, purposes } = policy;
      console.log(
        `Policy ${version}: ${roles.size} roles, ${purposes.size} purposes, ${rules.length} rules, no faults.`,
      );
    });
}
