import Table from "cli-table3";
import { Command } from "commander";
import { loadConfig } from "../config.ts";
import { describeConfig } from "../config-lines.ts";

/** `custodia config`: every setting, its value, and where the value comes from. */
export function configCommand(): Command {
  return new Command("config")
    .description("list every setting with its value and where the value comes from")
    .option("--json", "print JSON instead of a table")
    .action((options: { json?: true }) => {
      const lines = describeConfig(loadConfig());
      if (options.json === true) {
        console.log(JSON.stringify(lines, null, 2));
        return;
      }
      const table = new Table({
        head: ["Setting", "Value", "From", "Meaning"],
        colWidths: [30, 36, 18, 60],
        wordWrap: true,
        style: { head: [], border: [], compact: true },
      });
      for (const { env, value, unit, source, doc } of lines)
        table.push([
          env,
          // A path or a list has no spaces to break at.
          { content: `${value} ${unit}`.trimEnd(), wrapOnWordBoundary: false },
          source,
          doc,
        ]);
      console.log(table.toString());
    });
}
