import { Command } from "commander";
import { loadConfig } from "../config.ts";
import { requireDemoCaller } from "../identity/demo-tokens.ts";
import { openDevelopmentIssuer } from "../identity/development-issuer.ts";

/** `custodia token`: prints one token for a demo caller, and nothing else. Needs no database. */
export function tokenCommand(): Command {
  return new Command("token")
    .description("print an access token for a demo caller (development only)")
    .argument("<demo-caller>", "name of the demo caller, such as cs-agent")
    .option("--purpose <purpose>", "narrow the token to one of the caller's purposes")
    .action(async (name: string, options: { purpose?: string }) => {
      const demoCaller = requireDemoCaller(name);
      const issuer = await openDevelopmentIssuer(loadConfig());
      const token = await issuer.issueDemoToken({ ...options, demoCaller, now: new Date() });
      process.stdout.write(`${token}\n`);
    });
}
