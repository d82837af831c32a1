import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { Command } from "commander";
import { BootError } from "./lib/boot-error.ts";
import { packageRoot } from "./lib/package-root.ts";
import { PolicyFaults } from "./policy/fault.ts";

/**
 * Every command, in the order in which the help lists them. Each is loaded when it is wanted: a server
 * that starts has no use for an importer, nor a token for a server.
 */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import("./commands/serve.ts")).serveCommand(),
  migrate: async () => (await import("./commands/migrate.ts")).migrateCommand(),
  seed: async () => (await import("./commands/seed.ts")).seedCommand(),
  import: async () => (await import("./commands/import.ts")).importCommand(),
  token: async () => (await import("./commands/token.ts")).tokenCommand(),
  policy: async () => (await import("./commands/policy.ts")).policyCommand(),
  audit: async () => (await import("./commands/audit.ts")).auditCommand(),
  demo: async () => (await import("./commands/demo.ts")).demoCommand(),
  schema: async () => (await import("./commands/schema.ts")).schemaCommand(),
  config: async () => (await import("./commands/config.ts")).configCommand(),
};

/**
 * Runs one `custodia` command. What the operator can mend is said in plain lines on stderr with
 * exit code 1; only mistakes of ours show a stack.
 */
export async function runCli(words: readonly string[]): Promise<void> {
  const program = new Command("custodia")
    .description("keeps customer records while a customer ledger changes hands")
    .showHelpAfterError();
  for (const command of await commandsFor(words)) program.addCommand(command);
  try {
    await program.parseAsync([...words], { from: "user" });
  } catch (error) {
    const message = messageForOperator(error);
    if (message === null) throw error;
    process.stderr.write(`${message}\n`);
    process.exitCode = 1;
  }
}

/** The command that is named; all of them for who asks for help, or for one that there is not. */
function commandsFor([name = ""]: readonly string[]): Promise<Command[]> {
  const named = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return Promise.all(
    (named === undefined ? Object.values(COMMANDS) : [named]).map((load) => load()),
  );
}

/** What the operator reads instead of a stack; null for mistakes of ours. */
function messageForOperator(error: unknown): string | null {
  if (error instanceof BootError || error instanceof PolicyFaults) return error.message;
  const { code, syscall, path } = Object(error) as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return null;
  return `The system refused ${syscall}${path === undefined ? "" : ` of ${path}`} (${code}).`;
}

if (process.argv[1]?.endsWith("cli.js")) {
  // Machine code of the last start, kept beside the packages: who may write there may change the program
  // as well. Where nobody may, Node goes on without it.
  enableCompileCache(join(packageRoot(), "node_modules", ".cache", "node"));
  await runCli(process.argv.slice(2));
}
