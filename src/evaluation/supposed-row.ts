import { validate as isUuid } from "uuid";
import { type AttributeKind, attributesFor, typeIn } from "../classification/catalog.ts";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { AttributeValues } from "../policy/condition.ts";
import type { AskedResource } from "./questions.ts";

/**
 * The attributes of the row in question: read from an existing row that the asker may ask about, or
 * taken from the question after each was checked against its kind.
 *
 * @throws NOT_FOUND, BAD_USER_INPUT
 */
export async function supposedRow({
  resource,
  context,
}: {
  resource: AskedResource;
  context: RequestContext;
}): Promise<AttributeValues> {
  if ((resource.id == null) === (resource.attributes == null)) {
    throw publicError("BAD_USER_INPUT", { field: "resource" });
  }
  if (resource.id != null) return context.rows.asked.attributesOf(resource.type, resource.id);
  const known = attributesFor(context.catalog, typeIn(context.catalog, resource.type));
  for (const [name, value] of Object.entries(resource.attributes ?? {})) {
    const attribute = known.get(name);
    if (attribute === undefined || !isOfKind(value, attribute.kind)) {
      throw publicError("BAD_USER_INPUT", { field: "resource.attributes" });
    }
  }
  return withExportKey({ ...resource.attributes });
}

/** What the database reckons from law and controller need not be told beside them. */
function withExportKey(row: Record<string, unknown>): AttributeValues {
  const { jurisdiction, controllerId } = row;
  if ("exportKey" in row || typeof jurisdiction !== "string" || typeof controllerId !== "string")
    return row;
  return { ...row, exportKey: `${jurisdiction}/${controllerId}` };
}

function isOfKind(value: unknown, kind: AttributeKind): boolean {
  if (value === null) return true;
  switch (kind) {
    case "uuid":
      return isUuid(value);
    case "text":
    case "date":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "integer":
      return Number.isInteger(value);
    case "uuid[]":
      return Array.isArray(value) && value.every(isUuid);
    case "text[]":
      return Array.isArray(value) && value.every((item) => typeof item === "string");
  }
}
