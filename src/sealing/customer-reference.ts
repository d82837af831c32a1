import { createCipheriv, createDecipheriv, type KeyObject } from "node:crypto";
import { LRUCache } from "lru-cache";
import { validate as isUuid } from "uuid";

/** What the master key derives the key of these references for. */
export const CUSTOMER_REFERENCE_PURPOSE = "customer-reference";

/** How the decision log names customers. */
export interface CustomerReferences {
  /** The reference of a customer's id, in the form of a UUID; what is no UUID has none. */
  referenceOf(customerId: string): string | null;
  /** The same of many ids, in one go. */
  referencesOf(customerIds: readonly string[]): (string | null)[];
  /** The id behind a reference. */
  customerOf(reference: string): string | null;
}

const BLOCK_BYTES = 16;
const HEX_DIGITS = BLOCK_BYTES * 2;
/** References that are known again, some 4 MB of them: pages of a ledger are read many times. */
const MOST_KNOWN = 20_000;

/**
 * Makes and reads references of customers: the id as one block under AES-256 with a key of its own.
 * One block of a block cipher is a keyed permutation (FIPS 197), so every id has one reference and
 * every reference one id, no reference tells anything without the key, and whoever holds the key needs
 * no table of them. What was destroyed stays destroyed: behind its reference is the id of a tombstone.
 */
export function customerReferences(key: KeyObject): CustomerReferences {
  // The mode has no state, so one cipher serves for ever; each call is one block.
  const encipher = createCipheriv("aes-256-ecb", key, null).setAutoPadding(false);
  const decipher = createDecipheriv("aes-256-ecb", key, null).setAutoPadding(false);
  const known = new LRUCache<string, string>({ max: MOST_KNOWN });
  const referencesOf = (customerIds: readonly string[]): (string | null)[] => {
    const references = customerIds.map((id) => known.get(id) ?? null);
    const unknown = [...customerIds.keys()].filter(
      (at) => references[at] === null && isUuid(customerIds[at]),
    );
    if (unknown.length === 0) return references;
    // Blocks of this mode know nothing of each other, so many are enciphered as one stretch.
    const ids = unknown.map((at) => customerIds[at] as string);
    const hex = encipher.update(bytesOf(ids.join(""))).toString("hex");
    for (const [block, at] of unknown.entries()) {
      const reference = inUuidForm(hex.slice(block * HEX_DIGITS, (block + 1) * HEX_DIGITS));
      references[at] = reference;
      if (reference !== null) known.set(customerIds[at] as string, reference);
    }
    return references;
  };
  return {
    referencesOf,
    referenceOf: (customerId) =>
      isUuid(customerId) ? inUuidForm(encipher.update(bytesOf(customerId)).toString("hex")) : null,
    customerOf: (reference) =>
      /^[0-9a-f-]{36}$/.test(reference)
        ? inUuidForm(decipher.update(bytesOf(reference)).toString("hex"))
        : null,
  };
}

function bytesOf(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}

/** A reference is any 128 bits: its version and variant are chance. */
function inUuidForm(hex: string): string | null {
  if (hex.length !== HEX_DIGITS) return null;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
