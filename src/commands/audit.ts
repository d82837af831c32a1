import type { Command } from "commander";
import { auditCompareCommand } from "./audit-compare.ts";
import { auditVerifyCommand } from "./audit-verify.ts";
import { auditVerifyProofCommand } from "./audit-verify-proof.ts";
import { auditStep } from "./audit-options.ts";

/** `custodia audit`: checks evidence of the decision log, with nothing but files. */
export function auditCommand(): Command {
  return auditStep("audit")
    .description("check evidence of the decision log; needs no database and no settings")
    .addCommand(auditVerifyCommand())
    .addCommand(auditVerifyProofCommand())
    .addCommand(auditCompareCommand());
}
