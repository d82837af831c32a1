import { Command } from "commander";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { publishedFiles } from "../published-files.ts";
import { packageRoot } from "../lib/package-root.ts";
import { POLICY_SCHEMA_FILE, policySchemaText } from "../policy-schema-file.ts";

/** `custodia schema`: writes the checked-in contracts anew; a test fails while they differ. */
export function schemaCommand(): Command {
  return new Command("schema")
    .description("write the contracts under schema/ and the schema of policy documents")
    .action(() => {
      for (const [name, text] of publishedFiles()) {
        writeFileSync(join(packageRoot(), "schema", name), text);
        process.stdout.write(`schema/${name}\n`);
      }
      writeFileSync(join(packageRoot(), POLICY_SCHEMA_FILE), policySchemaText());
      process.stdout.write(`${POLICY_SCHEMA_FILE}\n`);
    });
}
