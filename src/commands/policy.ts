import { Command } from "commander";
import { policyCheckCommand } from "./policy-check.ts";
import { policyDiffCommand } from "./policy-diff.ts";
import { explainCommand } from "./policy-explain.ts";
import { lawCommand } from "./policy-law.ts";
import { policyTestCommand } from "./policy-test.ts";

/** `custodia policy`: checks and tests the documents, and explains what they decide. */
export function policyCommand(): Command {
  return new Command("policy")
    .description("check, test and compare the policy documents, or explain what they decide")
    .addCommand(policyCheckCommand())
    .addCommand(policyTestCommand())
    .addCommand(explainCommand())
    .addCommand(lawCommand())
    .addCommand(policyDiffCommand());
}
