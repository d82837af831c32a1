import Table from "cli-table3";
import { Command } from "commander";
import { buildApi } from "../api.ts";
import { loadConfig } from "../config.ts";
import { BootError } from "../lib/boot-error.ts";
import { readIsoDate } from "../lib/calendar-date.ts";
import { readPolicyFiles } from "../policy/document.ts";
import { FACT_NAMES } from "../policy/law/facts.ts";
import { lawOf } from "../policy/law/law.ts";
import { factText } from "../policy/law/law-text.ts";
import { loadPolicy } from "../policy/load.ts";

/** `custodia policy law`: what the law of a jurisdiction says on a day, fact by fact with its source. */
export function lawCommand(): Command {
  return new Command("law")
    .description("print what the law packs say for a jurisdiction, each fact with its source")
    .argument("<jurisdiction>", "ISO 3166-1 alpha-2, such as CN; unknown ones have OTHER")
    .option("--at <day>", "the day (YYYY-MM-DD), today when left out")
    .action((jurisdiction: string, { at }: { at?: string }) => {
      const { catalog } = buildApi();
      const policy = loadPolicy(readPolicyFiles(loadConfig().policyDir), catalog);
      const law = lawOf(policy, jurisdiction, at === undefined ? new Date() : dayIn(at));
      const table = new Table({
        head: ["Fact", "Value", "Pack", "Source", "Confidence"],
        colWidths: [36, 26, 7, 56, 17],
        wordWrap: true,
        style: { head: [], border: [], compact: true },
      });
      for (const name of FACT_NAMES) {
        const fact = law.fact(name);
        if (fact !== null)
          table.push([name, factText(fact), fact.pack, fact.source, fact.confidence]);
      }
      const packs = law.packs.map(({ code, version }) => `${code} ${version}`).join(", ");
      console.log(`${jurisdiction}: ${packs}`);
      console.log(table.toString());
    });
}

function dayIn(text: string): Date {
  if ("fault" in readIsoDate(text))
    throw new BootError([`"${text}" is no day such as 2026-01-31.`]);
  return new Date(`${text}T00:00:00Z`);
}
