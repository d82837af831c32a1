import { LRUCache } from "lru-cache";
import type { Catalog } from "./classification/catalog.ts";
import type { PolicyVersionRecord } from "./database/policy-version-record.ts";
import type { PolicyVersions } from "./database/policy-versions.ts";
import { digestOf } from "./policy/document.ts";
import { loadPolicy } from "./policy/load.ts";
import type { Policy } from "./policy/rule.ts";
import type { PolicyShelf } from "./policy/stored-policy.ts";

/** Versions that are kept loaded; most questions are about the newest two. */
const MOST_LOADED = 8;

/** Stored versions with their rules, for those who compare them. A digest never means another policy. */
export function createPolicyShelf({
  versions,
  catalog,
}: {
  versions: Pick<PolicyVersions, "find">;
  catalog: Catalog;
}): PolicyShelf {
  const loaded = new LRUCache<string, Policy>({ max: MOST_LOADED });
  return {
    async find(digest) {
      const record = await versions.find(digest);
      // Documents that are not those of their digest are not what anybody asks about.
      if (record === null || digestOf(record.documents) !== digest) return null;
      const policy = loaded.get(digest) ?? loadPolicy(record.documents, catalog);
      loaded.set(digest, policy);
      return { policy, documents: record.documents, isApproved: isApproved(record) };
    },
  };
}

/** True once somebody beside the author agreed; what the program brought was activated by it. */
function isApproved({ approvedAt, activatedAt }: PolicyVersionRecord): boolean {
  return approvedAt !== null || activatedAt !== null;
}
