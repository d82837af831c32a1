import { join } from "node:path";
import { agesUnder } from "../src/ages-under.ts";
import { loadCatalog } from "../src/catalog.ts";
import type { AgesIn } from "../src/customers/age-limits.ts";
import { packageRoot } from "../src/lib/package-root.ts";
import { readPolicyFiles } from "../src/policy/document.ts";
import { loadPolicy } from "../src/policy/load.ts";

/** The ages of our own law packs, for records that are made up. */
export function seedAges(now: Date): AgesIn {
  const files = readPolicyFiles(join(packageRoot(), "policies"));
  return agesUnder(loadPolicy(files, loadCatalog()), now);
}
