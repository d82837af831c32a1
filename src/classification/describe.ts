import type { FieldDefinition } from "./catalog.ts";
import { existenceMask } from "./shape.ts";

/** The GraphQL description of a guarded field: its own sentence, class, category and renderings. */
export function describeField(field: FieldDefinition): string {
  return [
    field.description,
    `Class ${field.classification}, category ${field.category}${tagsOf(field)}.`,
    `Levels: ${levelsOf(field).join("; ")}.`,
  ].join("\n\n");
}

/** Every level at which a field has a form below CLEAR, with an example. */
export function levelsOf(field: FieldDefinition): string[] {
  const { PARTIAL, COARSE } = field.renderings;
  const existence = existenceMask(field.shape);
  return [
    "CLEAR",
    ...(PARTIAL ? [`PARTIAL \`${PARTIAL.example}\``] : []),
    ...(COARSE ? [`COARSE \`${COARSE.example}\``] : []),
    ...(field.token ? ["TOKEN (a stable pseudonym)"] : []),
    ...(existence === null ? [] : [`EXISTS \`${existence}\``]),
    "NONE (null)",
  ];
}

function tagsOf(field: FieldDefinition): string {
  return field.legalTags.length === 0 ? "" : `, legal tags ${field.legalTags.join(", ")}`;
}
