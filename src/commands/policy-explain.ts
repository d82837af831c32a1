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
import { type Decisions, PolicyEngine } from "../policy/decisions.ts";
import { readPolicyFiles } from "../policy/document.ts";
import { type ConsideredRule, explainField } from "../policy/explain.ts";
import { textForCaller } from "../policy/explain-access.ts";
import type { Clause } from "../policy/explain-clauses.ts";
import { loadPolicy } from "../policy/load.ts";
import { planFor } from "../policy/plan.ts";

interface ExplainOptions {
  readonly purpose: string;
  readonly customer?: string;
  readonly field?: string;
  readonly all?: true;
}

/** `custodia policy explain`: what is decided for a demo caller, by which clauses, and what would change it. */
export function explainCommand(): Command {
  return new Command("explain")
    .description(
      "what a demo caller gets of a type's fields, or every rule behind one field of a customer",
    )
    .argument("<demo-caller>", "name of the demo caller, such as cs-agent")
    .requiredOption("--purpose <purpose>", "purpose of the reading")
    .option("--customer <id>", "a customer's id; its attributes are read, never its values")
    .option(
      "--field <name>",
      "one field, with every rule that spoke about it and what would change it",
    )
    .option("--all", "rules for other roles and purposes as well")
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
          : fieldExplained(decisions, row, options),
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

function fieldExplained(
  decisions: Decisions,
  row: Subject | null,
  { field: name = "", all = false }: { field?: string; all?: boolean },
): string {
  const type = typeIn(decisions.bound.catalog, "Customer");
  if (!type.fields.has(name)) throw unknown("field", name, [...type.fields.keys()]);
  const field = fieldIn(type, name);
  if (row === null) {
    const { rules } = explainField(decisions.bound, { __typename: type.name }, field);
    return [rulesTable(rules, all), forCaller(textForCaller(decisions.bound, field))].join("\n");
  }
  const { rowRules, fieldRules, auditorText, callerText } = decisions.explain(row, field);
  return [
    "Rules about the row:",
    rulesTable(rowRules, all),
    "Rules about the field:",
    rulesTable(fieldRules, all),
    auditorText,
    forCaller(callerText),
  ].join("\n");
}

function forCaller(text: string): string {
  return `\nWhat the caller may be told:\n${text}`;
}

function rulesTable(rules: readonly ConsideredRule[], all: boolean): string {
  const table = new Table({
    head: ["", "rule", "level", "holds", "clauses", "what it says", "where"],
    style: { head: [], border: [] },
    colWidths: [4, 34, 12, 7, 60, 40, 26],
    wordWrap: true,
  });
  const shown = rules.filter(({ applies }) => applies || all);
  for (const { decided, effect, id, level, holds, clauses, about, place } of shown) {
    const gives = effect === "row" ? "shows" : (level ?? "hides");
    table.push([
      decided ? "=>" : "",
      id,
      effect === "stop" ? `at most ${level}` : gives,
      sign(holds),
      clauses.map(clauseLine).join("\n"),
      about,
      place,
    ]);
  }
  const others = rules.length - shown.length;
  const left = others === 0 ? "" : `\n${others} more for other roles or purposes (--all).`;
  return `${table.toString()}${left}`;
}

function clauseLine({ of, depth, text, holds }: Clause): string {
  return `${"  ".repeat(depth)}${sign(holds)} ${of.toLowerCase()}: ${text}`;
}

function sign(holds: boolean | null): string {
  return holds === null ? "?" : holds ? "yes" : "no";
}

function unknown(what: string, word: string, known: readonly string[]): BootError {
  return new BootError(`There is no ${what} "${word}".${didYouMean(word, known)}`);
}
