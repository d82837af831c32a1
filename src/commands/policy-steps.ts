import { Command } from "commander";
import type { PolicyVersionRecord } from "../database/policy-version-record.ts";
import type { PolicyVersions } from "../database/policy-versions.ts";
import { BootError } from "../lib/boot-error.ts";
import { readPolicyFiles } from "../policy/document.ts";
import { PolicyFaults } from "../policy/fault.ts";
import type { PolicyReport } from "../policy/policy-report.ts";
import type { PolicyVerb } from "../policy/rule.ts";
import { readDocuments, readNote, readTables } from "../policy-versions/read-files.ts";
import {
  activatePolicy,
  approvePolicy,
  type AskedStep,
  retirePolicy,
  type StepWorld,
  submitPolicy,
  testPolicy,
} from "../policy-versions/steps.ts";
import { atPolicyDesk } from "./policy-desk.ts";

interface StepOptions {
  readonly as: string;
  readonly note?: string;
  readonly cases?: string;
  readonly replaces?: string;
}

/** What a step does with a version as it was found. */
type Step = (
  world: StepWorld,
  asked: AskedStep,
  options: StepOptions,
) => Promise<PolicyVersionRecord>;

/** `custodia policy submit`: stores a folder as a DRAFT. */
export function submitCommand(): Command {
  return withActor(new Command("submit"))
    .description("store the documents of a folder as a DRAFT")
    .argument("<folder>", "all documents of the policy")
    .action((folder: string, options: StepOptions) =>
      atPolicyDesk({ as: options.as, verb: "writePolicy" }, async (world) => {
        const documents = readDocuments(readPolicyFiles(folder));
        const { version, faults } = await submitPolicy(world, {
          documents,
          note: readNote(options.note),
        });
        if (version === null) throw new PolicyFaults(faults);
        tell(version);
      }),
    );
}

/** `custodia policy test-version`: runs the tables and every check on a DRAFT. */
export function testVersionCommand(): Command {
  const step: Step = (world, asked, { cases }) =>
    testPolicy(world, {
      ...asked,
      cases: cases === undefined ? [] : readTables(readPolicyFiles(cases)),
    });
  return stepCommand({ name: "test-version", verb: "writePolicy", step })
    .description(
      "run the decision tables and every check on a DRAFT; TESTED where nothing is found",
    )
    .option("--cases <folder>", "decision tables that replace those of the active version");
}

/** `custodia policy approve`. */
export function approveCommand(): Command {
  return stepCommand({ name: "approve", verb: "approvePolicy", step: approvePolicy }).description(
    "approve a TESTED version that somebody else wrote",
  );
}

/** `custodia policy activate`: also goes back to what was in force before. */
export function activateCommand(): Command {
  const step: Step = async (world, asked, { replaces }) =>
    activatePolicy(world, {
      ...asked,
      replaces: replaces === undefined ? null : (await versionIn(world.versions, replaces)).digest,
    });
  return stepCommand({ name: "activate", verb: "activatePolicy", step })
    .description("put an APPROVED version into force, or again one that was before")
    .option("--replaces <digest>", "refuse where another version than this one is in force");
}

/** `custodia policy retire`. */
export function retireCommand(): Command {
  return stepCommand({ name: "retire", verb: "writePolicy", step: retirePolicy }).description(
    "take back a version that has not come into force",
  );
}

function stepCommand({
  name,
  verb,
  step,
}: {
  name: string;
  verb: PolicyVerb;
  step: Step;
}): Command {
  return withActor(new Command(name))
    .argument("<digest>", "the version: its digest, or at least eight characters of its beginning")
    .action((word: string, options: StepOptions) =>
      atPolicyDesk({ as: options.as, verb }, async (world) => {
        const { digest, version } = await versionIn(world.versions, word);
        const asked = { digest, expectedVersion: version, note: readNote(options.note) };
        const after = await step(world, asked, options);
        tell(after);
        if (name === "test-version") tellTest(after);
      }),
    );
}

function withActor(command: Command): Command {
  return command
    .requiredOption("--as <principal>", "id or name of the person who does it; kept with the step")
    .option("--note <text>", "why; kept with the step");
}

/** @throws BootError where none or several versions begin like this */
export async function versionIn(
  versions: PolicyVersions,
  word: string,
): Promise<PolicyVersionRecord> {
  if (!/^[0-9a-f]{8,64}$/.test(word))
    throw new BootError(`"${word}" is no digest: at least eight of 0-9 and a-f.`);
  const found = await versions.startingWith(word);
  if (found.length === 1) return found[0] as PolicyVersionRecord;
  throw new BootError(
    `${found.length === 0 ? "No version begins" : "Several versions begin"} with ${word}.`,
  );
}

function tell({ digest, state, version }: PolicyVersionRecord): void {
  console.log(`${digest} is ${state} (step ${version}).`);
}

/** @returns by exit code whether the version is TESTED */
function tellTest({ state, report }: PolicyVersionRecord): void {
  const { failed = [], findings = [], cases = 0 } = report ?? ({} as Partial<PolicyReport>);
  for (const { file, line, message } of [...failed, ...findings])
    console.log(`${file}:${line}: ${message}`);
  console.log(`${cases} cases, ${failed.length} failed, ${findings.length} findings.`);
  if (state !== "TESTED") process.exitCode = 1;
}
