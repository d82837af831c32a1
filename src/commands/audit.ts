import type { Command } from "commander";
import { auditCompareCommand } from "./audit-compare.ts";
import { auditExportCommand } from "./audit-export.ts";
import { auditKeysCommand, rotateKeyCommand } from "./audit-keys.ts";
import { auditVerifyCommand } from "./audit-verify.ts";
import { auditVerifyProofCommand } from "./audit-verify-proof.ts";
import { witnessCommand } from "./audit-witness.ts";
import { auditStep } from "./audit-options.ts";

/** `custodia audit`: asks for evidence of the decision log, checks it, cosigns it, and keeps its keys. */
export function auditCommand(): Command {
  return auditStep("audit")
    .description(
      "ask for evidence of the decision log; check it and cosign it with nothing but files; list and change its keys",
    )
    .addCommand(auditExportCommand())
    .addCommand(auditVerifyCommand())
    .addCommand(auditVerifyProofCommand())
    .addCommand(auditCompareCommand())
    .addCommand(witnessCommand())
    .addCommand(auditKeysCommand())
    .addCommand(rotateKeyCommand());
}
