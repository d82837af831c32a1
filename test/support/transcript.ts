import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/lib/package-root.ts";

const LONGEST_LINE = 160;

/** What was asked and what came of it, to be read by people. */
export class Transcript {
  readonly #parts: string[] = [];

  say(text: string): void {
    this.#parts.push(text);
  }

  /** A document that was sent to the API, and its answer. */
  asked(document: string, data: unknown): void {
    const answer = JSON.stringify(data, null, 2).split("\n").map(shortened).join("\n");
    this.#parts.push("```graphql\n" + document + "\n```", "```json\n" + answer + "\n```");
  }

  /** A command that was run, and what it printed. */
  ran(command: string, said: string): void {
    this.#parts.push("```console\n$ " + command + "\n" + said.trimEnd() + "\n```");
  }

  /** Writes the page where goldens are written: ids and times differ in every run, so none is compared. */
  writeWhereWanted(name: string): void {
    // oxlint-disable-next-line node/no-process-env -- settings of the product are not read here
    if (process.env["UPDATE_GOLDENS"] !== "1") return;
    const head = "# An auditor's session, from a question to a proof that needs nobody\n\n";
    const made =
      "Written by `UPDATE_GOLDENS=1 npm test -- test/audit/session.test.ts`; nothing is left out but the ends of long lines.\n\n";
    const page = `${head}${made}${this.#parts.join("\n\n")}\n`;
    writeFileSync(join(packageRoot(), "docs", name), page);
  }
}

function shortened(line: string): string {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)} …` : line;
}
