import { join } from "node:path";
import { loadCatalog } from "./catalog.ts";
import { packageRoot } from "./lib/package-root.ts";
import { policyDocumentSchema } from "./policy/document-schema.ts";
import { readPolicyFiles } from "./policy/document.ts";
import { loadPolicy } from "./policy/load.ts";

/** Where the schema lies that the first line of every policy document names. */
export const POLICY_SCHEMA_FILE = "policies/policy.schema.json";

/** Text of that file, from the words that the product's own policies define and use. */
export function policySchemaText(): string {
  const catalog = loadCatalog();
  const policy = loadPolicy(readPolicyFiles(join(packageRoot(), "policies")), catalog);
  const text = JSON.stringify(policyDocumentSchema(policy, catalog), null, 2);
  return `${text.replace(/\[[^[\]{}]*\]/g, onOneLine)}\n`;
}

/** A list of words takes one line, so that a new word is one line of a diff. */
function onOneLine(list: string): string {
  return list
    .replace(/\s*\n\s*/g, " ")
    .replace("[ ", "[")
    .replace(" ]", "]");
}
