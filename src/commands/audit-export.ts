import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { Command } from "commander";
import { loadConfig } from "../config.ts";
import { requireDemoCaller } from "../identity/demo-tokens.ts";
import { openDevelopmentIssuer } from "../identity/development-issuer.ts";
import { BootError } from "../lib/boot-error.ts";
import { auditStep, refuseUsage } from "./audit-options.ts";
import {
  askForExport,
  type EvidenceServer,
  fetchBundle,
  findAudit,
  lookAtExport,
  type RemoteExport,
} from "./evidence-client.ts";
import { exportBar, type ExportBar } from "./export-progress.ts";

interface ExportOptions {
  readonly engagement: string;
  readonly out: string;
  readonly url?: string;
  readonly as?: string;
  readonly tokenFile?: string;
  readonly purpose?: string;
  readonly filter?: string;
}

/** What is kept beside a file that is not whole yet. */
interface Unfinished {
  readonly engagement: string;
  readonly filter: string | null;
  readonly id: string;
  /** Names the bundle; null before the first byte. */
  readonly tag: string | null;
}

const LOOK_EVERY_MS = 300;
/** Tries after which a connection that gives nothing is given up. */
const MOST_TRIES = 5;

/** `custodia audit export`: asks a server for evidence and downloads it. */
export function auditExportCommand(): Command {
  return auditStep("export")
    .description(
      "ask a server for evidence of an audit and download it; goes on where it broke off",
    )
    .requiredOption("--engagement <code>", "the audit")
    .requiredOption("--out <file>", "where the bundle is written; what is not whole ends in .part")
    .option("--url <url>", "the server (default: the one of these settings)")
    .option("--as <principal>", "a demo caller (development only)")
    .option("--token-file <file>", "file with an access token; read again for each request")
    .option("--purpose <purpose>", "purpose, where the token has several")
    .option("--filter <json>", "which records, as the DecisionFilter of the API")
    .action(async (options: ExportOptions) => {
      const { digest, records, bytes } = await exportEvidence(options);
      process.stdout.write(
        `${options.out}: ${records} records, ${bytes} bytes, manifest ${digest}\n` +
          `Check it with: custodia audit verify ${options.out} --key <verifier key of the log>\n`,
      );
    });
}

async function exportEvidence(options: ExportOptions): Promise<RemoteExport> {
  const server = serverOf(options);
  const bar = exportBar();
  try {
    const begun = await beginOrGoOn(server, options);
    const ready = await waitUntilReady(server, begun.id, bar);
    await downloadAll({ server, options, begun, bar, bytes: ready.bytes });
    return ready;
  } finally {
    bar.stop();
  }
}

function serverOf({ url, as, tokenFile, ...options }: ExportOptions): EvidenceServer {
  const { host, port } = loadConfig();
  const purpose = options.purpose ?? null;
  const at = url ?? `http://${host}:${port}`;
  if (as !== undefined) return { url: at, purpose, token: () => demoToken(as) };
  if (tokenFile === undefined) return refuseUsage("Give --as or --token-file.");
  return { url: at, purpose, token: async () => readFileSync(tokenFile, "utf8").trim() };
}

async function demoToken(name: string): Promise<string> {
  const issuer = await openDevelopmentIssuer(loadConfig());
  return issuer.issueDemoToken({ demoCaller: requireDemoCaller(name), now: new Date() });
}

/** The export of which there is a piece already, where it can still be had; otherwise a new one. */
async function beginOrGoOn(server: EvidenceServer, options: ExportOptions): Promise<Unfinished> {
  const { engagement } = options;
  const filter = options.filter ?? null;
  const known = unfinishedIn(options.out);
  if (known !== null && known.engagement === engagement && known.filter === filter) {
    const { state } = await lookAtExport(server, known.id);
    if (state === "PREPARING" || state === "READY") return known;
  }
  const engagementId = await findAudit(server, engagement);
  const asked = filter === null ? null : parseFilter(filter);
  const { id } = await askForExport(server, { engagementId, filter: asked });
  rmSync(partOf(options.out), { force: true });
  return keep(options.out, { engagement, filter, id, tag: null });
}

function parseFilter(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuseUsage("--filter is no JSON.");
  }
}

async function waitUntilReady(
  server: EvidenceServer,
  id: string,
  bar: ExportBar,
): Promise<RemoteExport> {
  for (;;) {
    const standing = await lookAtExport(server, id);
    bar.prepare(standing);
    if (standing.state === "READY") return standing;
    if (standing.state !== "PREPARING") throw new BootError(`The export is ${standing.state}.`);
    await pause(LOOK_EVERY_MS);
  }
}

async function downloadAll(of: {
  server: EvidenceServer;
  options: ExportOptions;
  begun: Unfinished;
  bar: ExportBar;
  bytes: number;
}): Promise<void> {
  const { server, options, bar, bytes } = of;
  const path = partOf(options.out);
  let { begun } = of;
  for (let tries = 0; sizeOf(path) < bytes; tries += 1) {
    const before = sizeOf(path);
    try {
      await fetchBundle(server, {
        id: begun.id,
        path,
        from: before,
        tag: begun.tag,
        onBegin: ({ from, tag }) => {
          begun = keep(options.out, { ...begun, tag });
          bar.download({ from, bytes });
        },
        onBytes: bar.add,
      });
    } catch (error) {
      if (error instanceof BootError) throw error;
      if (sizeOf(path) > before) tries = 0;
      if (tries >= MOST_TRIES)
        throw new BootError("The connection breaks off: the same command goes on later.");
      await pause(LOOK_EVERY_MS * 2 ** tries);
    }
  }
  if (sizeOf(path) > bytes)
    throw new BootError(`${path} is not a piece of this bundle: remove it.`);
  renameSync(path, options.out);
  rmSync(noteOf(options.out), { force: true });
}

function unfinishedIn(out: string): Unfinished | null {
  if (!existsSync(noteOf(out))) return null;
  try {
    return JSON.parse(readFileSync(noteOf(out), "utf8")) as Unfinished;
  } catch {
    return null;
  }
}

function keep(out: string, unfinished: Unfinished): Unfinished {
  writeFileSync(noteOf(out), `${JSON.stringify(unfinished)}\n`);
  return unfinished;
}

function partOf(out: string): string {
  return `${out}.part`;
}

function noteOf(out: string): string {
  return `${out}.part.json`;
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}
