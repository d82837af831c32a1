import Table from "cli-table3";
import { Command } from "commander";
import { buildApi } from "../api.ts";
import type { Catalog } from "../classification/catalog.ts";
import { attributesFor, fieldIn, typeIn } from "../classification/catalog.ts";
import { loadConfig } from "../config.ts";
import { openDatabase } from "../database/open-database.ts";
import { createReader } from "../database/reader.ts";
import { demoCallerAt } from "../identity/demo-tokens.ts";
import { BootError } from "../lib/boot-error.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import type { BoundPolicy, Subject } from "../policy/ability.ts";
import { ALWAYS } from "../policy/condition.ts";
import { PolicyEngine } from "../policy/decisions.ts";
import { readPolicyFiles } from "../policy/document.ts";
import { explainField } from "../policy/explain.ts";
import { loadPolicy } from "../policy/load.ts";
import { planFor } from "../policy/plan.ts";

interface ExplainOptions {
  readonly purpose: string;
  readonly customer?: string;
  readonly field?: string;
}

/** `custodia policy`: checks the documents, and explains what they decide. */
export function policyCommand(): Command {
  return new Command("policy")
    .description("check the policy documents, or explain what they decide")
    .addCommand(checkCommand())
    .addCommand(explainCommand());
}

function checkCommand(): Command {
  return new Command("check")
    .description("read every document; print faults with file, line and suggestion")
    .argument("[folder]", "policy folder; that of the settings when left out")
    .action((folder: string | undefined) => {
      const { catalog } = buildApi();
      const policy = loadPolicy(readPolicyFiles(folder ?? loadConfig().policyDir), catalog);
      const { version, rules, roles, purposes } = policy;
      console.log(
        `Policy ${version}: ${roles.size} roles, ${purposes.size} purposes, ${rules.length} rules, no faults.`,
      );
    });
}

function explainCommand(): Command {
  return new Command("explain")
    .description(
      "what a demo caller gets of a type's fields, or every rule behind one field of a customer",
    )
    .argument("<demo-caller>", "name of the demo caller, such as cs-agent")
    .requiredOption("--purpose <purpose>", "purpose of the reading")
    .option("--customer <id>", "a customer's id; its attributes are read, never its values")
    .option("--field <name>", "one field, with every rule that spoke about it")
    .action(async (name: string, options: ExplainOptions) => {
      const { catalog } = buildApi();
      const config = loadConfig();
      const engine = new PolicyEngine({
        policy: loadPolicy(readPolicyFiles(config.policyDir), catalog),
        catalog,
      });
      if (!engine.policy.purposes.has(options.purpose)) {
        throw unknown("purpose", options.purpose, [...engine.policy.purposes.keys()]);
      }
      const caller = demoCallerAt({ name, purpose: options.purpose, now: new Date() });
      const decisions = engine.decisionsFor(caller, new Date());
      const row =
        options.customer === undefined
          ? null
          : await attributesOfCustomer(catalog, options.customer);
      if (row !== null) {
        const { isVisible, reason, rule } = decisions.rowVerdict("Customer", row);
        console.log(
          isVisible ? `The row is visible (${rule}).` : `The row is hidden: ${reason} (${rule}).`,
        );
      }
      console.log(
        options.field === undefined
          ? fieldsTable(decisions.bound, row)
          : rulesTable(decisions.bound, row, options.field),
      );
    });
}

/** Attributes of a customer whatever its state: an operator's command, and attributes are no values. */
async function attributesOfCustomer(catalog: Catalog, id: string): Promise<Subject> {
  const database = await openDatabase(loadConfig(), { mayShare: true });
  try {
    const type = typeIn(catalog, "Customer");
    const attributes = [...attributesFor(catalog, type).keys()];
    const request = { type, visible: ALWAYS, needs: { parts: new Map(), attributes } };
    const row = (await createReader({ pool: database.pool, catalog }).byIds(request, [id])).get(id);
    if (row === undefined) throw new BootError(`There is no customer ${id}.`);
    return row;
  } finally {
    await database.close();
  }
}

function fieldsTable(bound: BoundPolicy, row: Subject | null): string {
  const table = new Table({
    head: ["field", "disclosure", "reason", "rule"],
    style: { head: [], border: [] },
  });
  for (const [name, { best, decide }] of planFor(bound, typeIn(bound.catalog, "Customer"))) {
    const { disclosure, reason, rule } = row === null ? best : decide(row);
    table.push([name, disclosure, reason ?? "", rule]);
  }
  return `${row === null ? "The most that any row gives:\n" : ""}${table.toString()}`;
}

function rulesTable(bound: BoundPolicy, row: Subject | null, name: string): string {
  const type = typeIn(bound.catalog, "Customer");
  if (!type.fields.has(name)) throw unknown("field", name, [...type.fields.keys()]);
  const { verdict, rules } = explainField(
    bound,
    row ?? { __typename: "Customer" },
    fieldIn(type, name),
  );
  const table = new Table({
    head: ["", "rule", "level", "condition", "holds", "what it says", "where"],
    style: { head: [], border: [] },
    colWidths: [4, 34, 10, 44, 9, 44, 30],
    wordWrap: true,
  });
  for (const { decided, effect, id, level, condition, holds, about, place } of rules) {
    const sign = effect === "stop" ? `at most ${level}` : level;
    table.push([
      decided ? "=>" : "",
      id,
      sign,
      condition,
      holds === null ? "?" : String(holds),
      about,
      place,
    ]);
  }
  const outcome =
    row === null
      ? ""
      : `${name}: ${verdict.disclosure}${verdict.reason === null ? "" : `, ${verdict.reason}`} (${verdict.rule})\n`;
  return `${outcome}${table.toString()}`;
}

function unknown(what: string, word: string, known: readonly string[]): BootError {
  return new BootError(`There is no ${what} "${word}".${didYouMean(word, known)}`);
}
