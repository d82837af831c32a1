import { Command } from "commander";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { publishedFiles } from "../published-files.ts";
import { packageRoot } from "../lib/package-root.ts";

/** `custodia schema`: writes the checked-in contracts anew; a test fails while they differ. */
export function schemaCommand(): Command {
  return new Command("schema")
    .description("write schema/schema.graphql, classification.md and access-matrix.md")
    .action(() => {
      for (const [name, text] of publishedFiles()) {
        writeFileSync(join(packageRoot(), "schema", name), text);
        process.stdout.write(`schema/${name}\n`);
      }
    });
}
