import type { VerifierKey } from "../notes/verifier-key.ts";
import {
  CHECKPOINT_FILE,
  inclusionFile,
  type Manifest,
  MANIFEST_FILE,
  MANIFEST_SIGNATURE_FILE,
  type ManifestPart,
  manifestText,
  recordsFile,
} from "./bundle-format.ts";
import type { BundleReading } from "./bundle-reading.ts";
import type { Check, Fault, FaultCode } from "./fault.ts";
import { judgeSignature } from "./judge-signatures.ts";

interface Judged {
  readonly reading: BundleReading;
  /** False where the archive breaks off: what is behind the break is not said to be missing. */
  readonly isWhole: boolean;
  /** Keys that the manifest has to be signed by. */
  readonly keys: readonly VerifierKey[];
}

/** Whether the manifest is signed, and the bundle is what it says. */
export function judgeManifest(judged: Judged): { checks: Check[]; faults: Fault[] } {
  const { reading, isWhole } = judged;
  if (!isWhole) return { checks: [checkOf("archive is whole", ["cut"])], faults: [] };
  const signed = signatureFaults(judged);
  const { manifest } = reading;
  if (manifest === null) return { checks: [checkOf("manifest is signed", signed)], faults: signed };
  const parts = partFaults(reading, manifest);
  const records = [...parts, ...indexFaults(reading, manifest, parts)];
  const files = fileFaults(reading, manifest);
  const ofParts = reading.faults.filter(({ subject }) => subject.startsWith("parts/"));
  const proved = `${reading.records} records in ${reading.parts.found.length} parts`;
  return {
    checks: [
      checkOf("manifest is signed", signed),
      checkOf("records are those of the log", ofParts, proved),
      checkOf("records are all that the manifest names", records),
      checkOf("files are as the manifest says", files, `${reading.files.size} files`),
    ],
    faults: [...signed, ...records, ...files],
  };
}

function checkOf(name: string, faults: readonly unknown[], detail = ""): Check {
  return { name, isOk: faults.length === 0, detail };
}

function signatureFaults({ reading, keys }: Judged): Fault[] {
  const { manifest, manifestSignature: note, files, blamed, checkpoint } = reading;
  const missing = [MANIFEST_FILE, MANIFEST_SIGNATURE_FILE]
    .filter((path) => !files.has(path))
    .map((path) => faultOf("FILE_MISSING", path, "is not there"));
  if (note === null || missing.length > 0) return missing;
  const subject = MANIFEST_SIGNATURE_FILE;
  const signed = judgeSignature({ note, subject, origin: checkpoint?.origin ?? null, keys });
  const sha256 = files.get(MANIFEST_FILE)?.sha256 ?? "";
  if (note.text === manifestText(sha256) || manifest === null || blamed.has(MANIFEST_FILE))
    return signed;
  return [...signed, faultOf("MANIFEST_MISMATCH", MANIFEST_FILE, "is not the one that was signed")];
}

/** Parts that are not as the manifest has them; what a proof has already shown is not told again. */
function partFaults(reading: BundleReading, manifest: Manifest): Fault[] {
  const found = new Map(reading.parts.found.map((part) => [part.part, part]));
  const { parts } = manifest.records;
  const lastFound = reading.parts.found.at(-1)?.part ?? "";
  return parts.flatMap((part, at): Fault[] => {
    const path = recordsFile(part.part);
    const there = found.get(part.part);
    if (there === undefined) {
      // Records without their proof: that the proof is missing has been told.
      if (reading.files.has(path)) return [];
      for (const file of [path, inclusionFile(part.part)]) reading.blamed.add(file);
      const code = part.part > lastFound ? "TAIL_CUT" : "RECORD_MISSING";
      return [faultOf(code, path, `${part.count} records are missing`)];
    }
    const fault = changedPart({ part, there, isLast: at === parts.length - 1 });
    if (fault === null) return [];
    for (const file of [path, inclusionFile(part.part)]) reading.blamed.add(file);
    return [fault];
  });
}

function changedPart(request: {
  part: ManifestPart;
  there: ManifestPart;
  isLast: boolean;
}): Fault | null {
  const { part, there, isLast } = request;
  const path = recordsFile(part.part);
  if (there.count > part.count)
    return faultOf("RECORD_ADDED", path, `${there.count - part.count} records too many`);
  if (there.count === part.count) return null;
  const isCut = isLast && there.first === part.first && there.last < part.last;
  const text = `${part.count - there.count} records are missing`;
  return faultOf(isCut ? "TAIL_CUT" : "RECORD_MISSING", path, text);
}

function indexFaults(
  reading: BundleReading,
  { checkpoint, records }: Manifest,
  parts: readonly Fault[],
): Fault[] {
  const faults: Fault[] = [];
  const { checkpoint: own, blamed } = reading;
  const isMadeFor =
    own === null ||
    (own.origin === checkpoint.origin &&
      own.size === checkpoint.size &&
      own.root.toString("base64") === checkpoint.root);
  if (!isMadeFor && !blamed.has(CHECKPOINT_FILE)) {
    const text = `the manifest is for ${checkpoint.size} records of ${checkpoint.origin}`;
    blamed.add(CHECKPOINT_FILE);
    faults.push(faultOf("MANIFEST_MISMATCH", CHECKPOINT_FILE, text));
  }
  const isOther = reading.parts.indexDigest() !== records.indexes;
  const isTold = parts.length > 0 || reading.faults.some(({ subject }) => isProof(subject));
  const counted = records.parts.reduce((sum, part) => sum + part.count, 0);
  if ((isOther && !isTold) || counted !== records.count) {
    const text = "the records are not those that the manifest counts";
    faults.push(faultOf("MANIFEST_MISMATCH", MANIFEST_FILE, text));
  }
  return faults;
}

function isProof(subject: string): boolean {
  return subject.endsWith(".inclusion");
}

function fileFaults({ files, blamed }: BundleReading, manifest: Manifest): Fault[] {
  const listed = new Map(manifest.files.map((file) => [file.path, file]));
  const faults: Fault[] = [];
  for (const [path, { bytes, sha256 }] of listed) {
    const file = files.get(path);
    if (blamed.has(path)) continue;
    if (file === undefined) faults.push(faultOf("FILE_MISSING", path, "is not there"));
    else if (file.bytes !== bytes || file.sha256 !== sha256)
      faults.push(faultOf("MANIFEST_MISMATCH", path, "is not as the manifest says"));
  }
  const own = [MANIFEST_FILE, MANIFEST_SIGNATURE_FILE];
  for (const path of files.keys())
    if (!listed.has(path) && !own.includes(path) && !blamed.has(path))
      faults.push(faultOf("MANIFEST_MISMATCH", path, "is not in the manifest"));
  return faults;
}

function faultOf(code: FaultCode, subject: string, text: string): Fault {
  return { code, subject, text };
}
