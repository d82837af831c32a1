import { Command } from "commander";
import { auditCommand } from "./commands/audit.ts";
import { configCommand } from "./commands/config.ts";
import { demoCommand } from "./commands/demo.ts";
import { importCommand } from "./commands/import.ts";
import { migrateCommand } from "./commands/migrate.ts";
import { policyCommand } from "./commands/policy.ts";
import { schemaCommand } from "./commands/schema.ts";
import { seedCommand } from "./commands/seed.ts";
import { serveCommand } from "./commands/serve.ts";
import { tokenCommand } from "./commands/token.ts";
import { BootError } from "./lib/boot-error.ts";
import { PolicyFaults } from "./policy/fault.ts";

/**
 * Runs one `custodia` command. What the operator can mend is said in plain lines on stderr with
 * exit code 1; only mistakes of ours show a stack.
 */
export async function runCli(words: readonly string[]): Promise<void> {
  const program = new Command("custodia")
    .description("keeps customer records while a customer ledger changes hands")
    .showHelpAfterError()
    .addCommand(serveCommand())
    .addCommand(migrateCommand())
    .addCommand(seedCommand())
    .addCommand(importCommand())
    .addCommand(tokenCommand())
    .addCommand(policyCommand())
    .addCommand(auditCommand())
    .addCommand(demoCommand())
    .addCommand(schemaCommand())
    .addCommand(configCommand());
  try {
    await program.parseAsync([...words], { from: "user" });
  } catch (error) {
    const message = messageForOperator(error);
    if (message === null) throw error;
    process.stderr.write(`${message}\n`);
    process.exitCode = 1;
  }
}

/** What the operator reads instead of a stack; null for mistakes of ours. */
function messageForOperator(error: unknown): string | null {
  if (error instanceof BootError || error instanceof PolicyFaults) return error.message;
  const { code, syscall, path } = Object(error) as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return null;
  return `The system refused ${syscall}${path === undefined ? "" : ` of ${path}`} (${code}).`;
}

if (process.argv[1]?.endsWith("cli.js")) await runCli(process.argv.slice(2));
