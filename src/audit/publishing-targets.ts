import type { LogProofs, SignedHead } from "./log-proofs.ts";
import type { PublishingTarget, Publications } from "./publisher.ts";
import { publishToFolder } from "./publish-file.ts";
import { publishToUrl } from "./publish-url.ts";
import { askWitness, type Cosigned, type RemoteWitness } from "./witness-client.ts";

/** Keeps what witnesses signed. */
export type KeepCosignature = (
  cosigned: Cosigned & { readonly treeSize: number; readonly verifierKey: string },
) => Promise<void>;

/** A folder that keeps checkpoints. */
export function folderTarget(folder: string, proofs: LogProofs): PublishingTarget {
  return {
    name: "file",
    kind: "file",
    newest: () => proofs.head(),
    deliver: (head) => publishToFolder(folder, head),
  };
}

/** An address that keeps checkpoints; its text may hold a secret, so it is named by its host alone. */
export function urlTarget(url: string, proofs: LogProofs): PublishingTarget {
  return {
    name: `url ${new URL(url).host}`,
    kind: "url",
    newest: () => proofs.head(),
    deliver: (head) => publishToUrl(url, head),
  };
}

/** A witness; what it signs is kept with the checkpoint. */
export function witnessTarget(request: {
  witness: RemoteWitness;
  proofs: LogProofs;
  /** The newest checkpoint with the log's own signatures alone. */
  lastSigned: () => Promise<SignedHead | null>;
  publications: Publications;
  keep: KeepCosignature;
}): PublishingTarget {
  const { witness, proofs, lastSigned, publications, keep } = request;
  const name = `witness ${witness.key.name}+${witness.key.id}`;
  return {
    name,
    kind: "witness",
    newest: lastSigned,
    deliver: async (head) => {
      const { treeSize } = head;
      // After a backup was restored, what was told may be more than there is: the witness will say.
      const from = Math.min(await publications.lastOf(name), treeSize);
      const prove = (oldSize: number) => proofs.consistency(oldSize, treeSize);
      const cosigned = await askWitness({ witness, head, from, prove });
      await keep({ ...cosigned, treeSize, verifierKey: witness.key.text });
    },
  };
}
