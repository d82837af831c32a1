import { join } from "node:path";
import { type PolicyFile, readPolicyFiles } from "../../src/policy/document.ts";
import { loadPolicy } from "../../src/policy/load.ts";
import type { Policy } from "../../src/policy/rule.ts";
import { CATALOG } from "./policy-world.ts";
import { instead } from "./small-policy.ts";

/** The product's policy documents. */
export const POLICY_FILES = readPolicyFiles(join(import.meta.dirname, "../../policies"));

/** One document of the product's, with pieces of it replaced. */
export function redrafted(
  name: string,
  ...pieces: readonly [piece: string, other: string][]
): PolicyFile {
  const text = POLICY_FILES.find((file) => file.name === name)?.text ?? "";
  return { name, text: pieces.reduce((told, [piece, other]) => instead(piece, other)(told), text) };
}

/** The product's policy with some documents replaced or added. */
export function draftOf(...documents: readonly PolicyFile[]): Policy {
  const others = POLICY_FILES.filter(({ name }) => documents.every((one) => one.name !== name));
  return loadPolicy([...others, ...documents], CATALOG);
}
