import { judgeManifest } from "./judge-manifest.ts";
import { BundleReading } from "./bundle-reading.ts";
import { CHECKPOINT_FILE, mayFollow } from "./bundle-format.ts";
import { type Verdict, verdictOf } from "./fault.ts";
import { judgeTrust, type Trust } from "./judge-trust.ts";
import { ArchiveCutError, type ArchiveFile, ArchiveFormatError } from "./read-tar.ts";
import type { SignedCheckpoint } from "../notes/checkpoint.ts";
import type { VerifierKey } from "../notes/verifier-key.ts";

/** What came of verifying a bundle. */
export interface BundleVerdict extends Verdict {
  /** The checkpoint of the bundle; null where there is none that can be read. */
  readonly checkpoint: SignedCheckpoint | null;
  /** Keys that the checkpoint was judged by. */
  readonly keys: readonly VerifierKey[];
  /** Records that were read. */
  readonly records: number;
  readonly files: number;
}

/**
 * Verifies an evidence bundle as it streams by, with no more in memory than one part of it.
 *
 * @param files of the bundle, in their order
 * @param trust what the auditor brings along
 */
export async function verifyBundle(request: {
  files: AsyncIterable<ArchiveFile>;
  trust: Trust;
}): Promise<BundleVerdict> {
  const reading = new BundleReading();
  const isWhole = await readAll(reading, request.files);
  const trusted = judgeTrust(reading, request.trust);
  const manifest = judgeManifest({ reading, isWhole, keys: trusted.keys });
  const { checks, ...verdict } = verdictOf({
    checks: [...trusted.checks, ...manifest.checks],
    faults: [...reading.faults, ...trusted.faults, ...manifest.faults],
    notices: trusted.notices,
  });
  return {
    ...verdict,
    checks,
    checkpoint: reading.checkpoint,
    keys: trusted.keys,
    records: reading.records,
    files: reading.files.size,
  };
}

/** Reads every file; false when the archive breaks off or is none. */
async function readAll(
  reading: BundleReading,
  files: AsyncIterable<ArchiveFile>,
): Promise<boolean> {
  let before: string | null = null;
  try {
    for await (const file of files) {
      if (mayFollow(before, file.path)) {
        before = file.path;
        await reading.read(file);
      } else
        reading.blame(file.path, {
          code: "MALFORMED",
          subject: file.path,
          text: "does not belong here",
        });
    }
    reading.endParts();
    return true;
  } catch (error) {
    const isCut = error instanceof ArchiveCutError;
    if (!isCut && !(error instanceof ArchiveFormatError)) throw error;
    const subject = before ?? CHECKPOINT_FILE;
    const code = isCut ? "TAIL_CUT" : "MALFORMED";
    reading.blame(subject, { code, subject, text: `after it: ${error.message}` });
    return false;
  }
}
