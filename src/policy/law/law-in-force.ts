import { createHash } from "node:crypto";
import { invariant } from "../../lib/invariant.ts";
import type { Policy } from "../rule.ts";
import type { LawPacks } from "./law-pack.ts";
import { statementsOf } from "./law.ts";

/** Digests so far, by day; a policy that is no longer served takes its own with it. */
const known = new WeakMap<LawPacks, Map<string, string>>();
const MOST_KNOWN = 1_000;

/**
 * What stands for the law at a time: the first 12 hex digits of a SHA-256 over everything that holds
 * on its day, with the clauses that say it. Two decisions with the same text were made under the same
 * law, whatever else changed in the policy; a fact that begins at midnight changes it without a new
 * policy.
 *
 * @param at UTC
 * @returns null where the policy has no law packs
 */
export function lawInForce({ law }: Pick<Policy, "law">, at: Date): string | null {
  if (law === undefined) return null;
  const digests = known.get(law) ?? new Map<string, string>();
  const day = at.toISOString().slice(0, 10);
  const digest = digests.get(day) ?? digestOf(law, at);
  if (digests.size >= MOST_KNOWN) digests.clear();
  known.set(law, digests.set(day, digest));
  return digest;
}

function digestOf(law: LawPacks, at: Date): string {
  const said = [...law.keys()].sort().map((code) => {
    const pack = law.get(code);
    invariant(pack !== undefined, `there is no law pack ${code}`);
    const facts = statementsOf(pack, at).map(({ name, text, source }) => [name, text, source]);
    return [code, [...pack.covers].sort(), pack.buildsOn, facts];
  });
  return createHash("sha256").update(JSON.stringify(said)).digest("hex").slice(0, 12);
}
