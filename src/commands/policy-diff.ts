import { existsSync, statSync } from "node:fs";
import Table from "cli-table3";
import { Command } from "commander";
import { buildApi } from "../api.ts";
import type { Catalog } from "../classification/catalog.ts";
import { loadConfig } from "../config.ts";
import { openDatabase } from "../database/open-database.ts";
import { createPolicyVersions } from "../database/policy-versions.ts";
import { BootError } from "../lib/boot-error.ts";
import {
  compareFrames,
  comparePolicies,
  type Comparison,
  type FieldChange,
  type FrameChanges,
  type PairChanges,
  type RowChange,
} from "../policy/diff.ts";
import { fieldSentence, rowSentence, verbSentence } from "../policy/diff-text.ts";
import { readPolicyFiles } from "../policy/document.ts";
import { loadPolicy } from "../policy/load.ts";
import type { Policy } from "../policy/rule.ts";
import { createPolicyShelf } from "../policy-shelf.ts";
import { countOnLedgers, type LedgerCounts } from "./policy-diff-counts.ts";

interface DiffOptions {
  readonly from?: string;
  readonly to: string;
  readonly counts?: true;
  readonly reasons?: true;
}

/** `custodia policy diff`: what changes between two policies, and on how many rows of the database. */
export function policyDiffCommand(): Command {
  return new Command("diff")
    .description("what changes between two policies, cell by cell, and on how many rows")
    .option("--from <policy>", "folder or digest before; the settings' folder when left out")
    .requiredOption("--to <policy>", "folder, or digest of a stored version, after")
    .option("--counts", "count the rows of the database on which something changes, never a value")
    .option("--reasons", "changes of mere reasons as well")
    .action(async (options: DiffOptions) => {
      const { catalog } = buildApi();
      const comparison: Comparison = {
        from: await policyIn(options.from ?? loadConfig().policyDir, catalog),
        to: await policyIn(options.to, catalog),
        catalog,
        now: new Date(),
      };
      const changes = [...comparePolicies(comparison)].flatMap((one) => one.changes ?? []);
      const counts = options.counts === true ? await countOnLedgers(comparison, changes) : null;
      const shown = changes.map((pair) =>
        options.reasons === true
          ? pair
          : { ...pair, fields: pair.fields.filter(({ from, to }) => from !== to) },
      );
      console.log(reportOf({ comparison, changes: shown, counts }));
    });
}

const DIGEST = /^[0-9a-f]{64}$/;

/** The policy of a folder, or else the stored version of that digest. */
async function policyIn(name: string, catalog: Catalog): Promise<Policy> {
  if (existsSync(name) && statSync(name).isDirectory())
    return loadPolicy(readPolicyFiles(name), catalog);
  if (!DIGEST.test(name)) throw new BootError(`There is no policy folder ${name}.`);
  const database = await openDatabase(loadConfig(), { mayShare: true });
  try {
    const versions = createPolicyVersions(database.pool);
    const found = await createPolicyShelf({ versions, catalog }).find(name);
    if (found === null) throw new BootError(`There is no stored policy ${name}.`);
    return found.policy;
  } finally {
    await database.close();
  }
}

interface Report {
  readonly comparison: Comparison;
  readonly changes: readonly PairChanges[];
  readonly counts: LedgerCounts | null;
}

function reportOf({ comparison, changes, counts }: Report): string {
  const { from, to } = comparison;
  const inWords = (change: FieldChange | RowChange): string => counts?.inWords(change) ?? "";
  const fields = changes.flatMap((pair) => pair.fields);
  const sentences = [
    ...changes.flatMap(({ rows }) => rows.map((row) => rowSentence(row, inWords(row)))),
    ...fields.map((field) => fieldSentence(field, inWords(field))),
    ...changes.flatMap(({ verbs }) => verbs.map(verbSentence)),
  ];
  const unproved = changes.some(({ isProved }) => !isProved);
  return [
    `From ${from.version} to ${to.version}:`,
    ...frameLines(compareFrames(comparison)),
    ...(sentences.length === 0 ? ["No role is answered anything else."] : sentences),
    ...(unproved
      ? ["Some conditions have too many cases to try: what is said of them may happen."]
      : []),
    ...(fields.length === 0 ? [] : [tableOf(fields, counts)]),
    ...(counts === null ? [] : [counts.remark]),
  ].join("\n");
}

function frameLines(frame: FrameChanges): string[] {
  const said = (words: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`${words}: ${names.join(", ")}.`];
  const floorOf = (rules: { smallestGroup: number } | null | undefined): string =>
    rules == null ? "none" : String(rules.smallestGroup);
  return [
    ...said("New roles", frame.rolesAdded),
    ...said("Roles that are gone", frame.rolesRemoved),
    ...said("New purposes", frame.purposesAdded),
    ...said("Purposes that are gone", frame.purposesRemoved),
    ...(frame.counts === null
      ? []
      : [
          `Smallest group of counts: ${floorOf(frame.counts.to)} instead of ${floorOf(frame.counts.from)}.`,
        ]),
  ];
}

function tableOf(fields: readonly FieldChange[], counts: LedgerCounts | null): string {
  const table = new Table({
    head: ["role", "purpose", "category", "fields", "from", "to", "who", ...(counts?.codes ?? [])],
    style: { head: [], border: [] },
    colWidths: [20, 22, 12, 30, 9, 9, 28, ...(counts?.codes ?? []).map(() => null)],
    wordWrap: true,
  });
  for (const change of fields) {
    const { role, purpose, category, type, from, to, situations } = change;
    const names = change.fields.map((name) => (type === "Customer" ? name : `${type}.${name}`));
    const cells = counts?.cellsOf(change) ?? [];
    table.push([
      role,
      purpose,
      category,
      names.join(", "),
      from,
      to,
      situations.join(", "),
      ...cells,
    ]);
  }
  return table.toString();
}
