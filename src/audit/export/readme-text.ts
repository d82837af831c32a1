import type { FrozenExport } from "./export-store.ts";

/** What the person reads who opens a bundle. */
export function readmeOf(frozen: FrozenExport): string {
  return `Evidence from a decision log of Custodia

Export   ${frozen.id}
Asked    ${frozen.createdAt.toISOString()} by ${frozen.requestedBy} for ${frozen.purpose}
Log      ${frozen.treeSize} records; "checkpoint" is the signed head of their Merkle tree

What is in it

  manifest.json, manifest.sig   every file with its digest, and what was asked for; signed by the log
  checkpoint                    signed tree head (C2SP tlog-checkpoint)
  keys.json                     public keys of the log and of witnesses (C2SP signed-note)
  consistency/                  proofs that the log only grew since earlier exports of the same audit
  parts/*.records.ndjson        decision records as they were logged, one a line; a line is a leaf
  parts/*.inclusion             proof that these records are in the tree (RFC 9162)
  callers.ndjson                what the rules read of each caller; records name a line by its SHA-256
  policies/<version>/           the policy documents, law packs among them, that records name

What it proves

  That each record is one that the log took, unchanged and in its place; that the documents are those
  of the version; and that the log vouched for this selection. Compare the keys with those that you
  know from elsewhere: keys in a bundle prove nothing about who made it.

  Records name customers by references. They lead to nobody without a key that is not here, and
  values are not in the log at all.

How to check it, without network and without us

  custodia audit verify FILE --key KEY
  python3 scripts/verify-evidence.py FILE --key KEY

How to read it

  tar -xf FILE
  cat parts/*.records.ndjson
`;
}
