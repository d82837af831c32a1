import { Command } from "commander";
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
    .addCommand(demoCommand())
    .addCommand(schemaCommand())
    .addCommand(configCommand());
  try {
    await program.parseAsync([...words], { from: "user" });
  } catch (error) {
    if (!(error instanceof BootError) && !(error instanceof PolicyFaults)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

if (process.argv[1]?.endsWith("cli.js")) await runCli(process.argv.slice(2));
