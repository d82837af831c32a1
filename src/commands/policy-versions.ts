import Table from "cli-table3";
import { Command } from "commander";
import { atPolicyDesk } from "./policy-desk.ts";
import { versionIn } from "./policy-steps.ts";

/** How many versions are listed; the newest come first. */
const LISTED = 50;

/** `custodia policy list`: the stored versions, the newest first. */
export function listCommand(): Command {
  return readingCommand("list")
    .description("list the stored versions, the newest first")
    .action(({ as }: { as: string }) =>
      atPolicyDesk({ as, verb: "readPolicy" }, async ({ versions }) => {
        const table = tableOf(["digest", "state", "author", "approver", "in force since", "note"]);
        for (const one of await versions.list({ after: null, limit: LISTED })) {
          const { digest, state, author, approver, activatedAt, note } = one;
          table.push([
            digest.slice(0, 12),
            state,
            author?.name ?? "the program",
            approver?.name ?? "",
            state === "ACTIVE" ? (activatedAt?.toISOString() ?? "") : "",
            note ?? "",
          ]);
        }
        console.log(table.toString());
      }),
    );
}

/** `custodia policy history`: everything that was done to a version. */
export function historyCommand(): Command {
  return readingCommand("history")
    .description("everything that was done to a version, by whom, when and why")
    .argument("<digest>", "the version: its digest, or at least eight characters of its beginning")
    .action((word: string, { as }: { as: string }) =>
      atPolicyDesk({ as, verb: "readPolicy" }, async ({ versions }) => {
        const { digest } = await versionIn(versions, word);
        const table = tableOf(["when", "step", "state", "by", "via", "note"]);
        for (const { at, step, state, by, via, note } of await versions.stepsOf([digest]))
          table.push([at.toISOString(), step, state, by?.name ?? "the program", via, note ?? ""]);
        console.log(`${digest}\n${table.toString()}`);
      }),
    );
}

function readingCommand(name: string): Command {
  return new Command(name).requiredOption("--as <principal>", "id or name of the person who asks");
}

function tableOf(head: string[]): InstanceType<typeof Table> {
  return new Table({ head, style: { head: [], border: [] } });
}
