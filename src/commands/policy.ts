import { Command } from "commander";
import { policyCheckCommand } from "./policy-check.ts";
import { policyDiffCommand } from "./policy-diff.ts";
import { explainCommand } from "./policy-explain.ts";
import { lawCommand } from "./policy-law.ts";
import {
  activateCommand,
  approveCommand,
  retireCommand,
  submitCommand,
  testVersionCommand,
} from "./policy-steps.ts";
import { policyTestCommand } from "./policy-test.ts";
import { historyCommand, listCommand } from "./policy-versions.ts";

/** `custodia policy`: checks and tests documents, explains what they decide, puts versions into force. */
export function policyCommand(): Command {
  return new Command("policy")
    .description("check, test and compare the policy documents, or explain what they decide")
    .addCommand(policyCheckCommand())
    .addCommand(policyTestCommand())
    .addCommand(explainCommand())
    .addCommand(lawCommand())
    .addCommand(policyDiffCommand())
    .addCommand(listCommand())
    .addCommand(submitCommand())
    .addCommand(testVersionCommand())
    .addCommand(approveCommand())
    .addCommand(activateCommand())
    .addCommand(retireCommand())
    .addCommand(historyCommand());
}
