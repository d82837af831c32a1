import { stderr } from "node:process";
import { Presets, SingleBar } from "cli-progress";
import type { RemoteExport } from "./evidence-client.ts";

/** What the auditor sees while evidence is made and downloaded. */
export interface ExportBar {
  readonly prepare: (standing: Pick<RemoteExport, "lookedAt" | "treeSize" | "records">) => void;
  readonly download: (of: { readonly from: number; readonly bytes: number }) => void;
  /** Bytes that arrived. */
  readonly add: (bytes: number) => void;
  readonly stop: () => void;
}

const PREPARING =
  "{bar} {percentage} % | {value} of {total} records looked at | {records} in the bundle";
const DOWNLOADING = "{bar} {percentage} % | {value} of {total} bytes | {eta_formatted} left";

/** Two bars on standard error, one after the other; silent where that is no terminal. */
export function exportBar(): ExportBar {
  const nothing = (): void => undefined;
  if (!stderr.isTTY) return { prepare: nothing, download: nothing, add: nothing, stop: nothing };
  const barOf = (format: string): SingleBar =>
    new SingleBar({ stream: stderr, format, hideCursor: true }, Presets.shades_classic);
  const preparing = barOf(PREPARING);
  const downloading = barOf(DOWNLOADING);
  return {
    prepare: ({ lookedAt, treeSize, records }) => {
      if (!preparing.isActive) preparing.start(treeSize, 0, { records });
      preparing.update(lookedAt, { records });
      if (lookedAt === treeSize) preparing.stop();
    },
    download: ({ from, bytes }) => {
      preparing.stop();
      downloading.start(bytes, from);
    },
    add: (bytes) => downloading.increment(bytes),
    stop: () => {
      preparing.stop();
      downloading.stop();
    },
  };
}
