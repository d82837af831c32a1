import { once } from "node:events";
import type { Command } from "commander";
import { NoteFormatError } from "../audit/notes/note-format-error.ts";
import { parseVerifierKey, type VerifierKey, verifierKeyOf } from "../audit/notes/verifier-key.ts";
import { openWitnessState } from "../audit/witness-state.ts";
import { Witness } from "../audit/witness.ts";
import { fileMasterKey } from "../sealing/file-master-key.ts";
import { newLogKey, openLogKey } from "../sealing/log-key.ts";
import { auditStep, refuseUsage } from "./audit-options.ts";

interface Options {
  readonly state: string;
  readonly key: string;
  readonly logKey: readonly string[];
  readonly name: string;
  readonly port: string;
}

/** `custodia audit witness`: a second key that cosigns what it saw grow. Needs no database. */
export function witnessCommand(): Command {
  return auditStep("witness")
    .description(
      "serve a witness on this machine (C2SP tlog-witness): it cosigns a log that only grows",
    )
    .requiredOption("--state <file>", "what it has seen, and its key; made where there is none")
    .requiredOption("--key <file>", "secret that opens its key; made where there is none")
    .requiredOption("--log-key <keys...>", "verifier keys of the log, see `custodia audit keys`")
    .option("--name <name>", "name of a new witness", "custodia.local/witness")
    .option("--port <port>", "port on the loopback address; 0 takes any free one", "4010")
    .action(serveWitness);
}

async function serveWitness({ state: path, key, logKey, name, port }: Options): Promise<void> {
  const listenOn = portIn(port);
  const logKeys = logKey.map(readLogKey);
  const masterKey = fileMasterKey({ path: key, create: true });
  const state = await openWitnessState({ path, newKey: () => newLogKey({ masterKey, name }) });
  const opened = await openLogKey({ masterKey, row: state.key });
  const verifierKey = verifierKeyOf({ ...opened, kind: "COSIGNATURE" });
  const witness = new Witness({
    signer: { key: verifierKey, sign: (bytes) => opened.sign(bytes) },
    logKeys,
    memory: state,
    now: () => new Date(),
  });
  // Not before it is wanted: other commands begin sooner without a server.
  const { createWitnessServer } = await import("../http/witness-server.ts");
  const server = createWitnessServer({ witness, memory: state, logKeys });
  const address = await server.listen({ host: "127.0.0.1", port: listenOn });
  process.stdout.write(`witness\t${verifierKey.text}\nserves\t${address}\n`);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await server.close();
}

function portIn(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) return refuseUsage("--port: a number up to 65535");
  return port;
}

function readLogKey(text: string): VerifierKey {
  try {
    return parseVerifierKey(text);
  } catch (error) {
    if (!(error instanceof NoteFormatError)) throw error;
    return refuseUsage(`--log-key: ${error.message}`);
  }
}
