import { attributesFor, type Catalog } from "../classification/catalog.ts";
import { publicError } from "../errors.ts";
import type { AskedResource } from "../evaluation/questions.ts";
import { type Entity, hasId } from "./messages.ts";
import type { NamedResource } from "./resource-types.ts";

type Properties = Readonly<Record<string, unknown>>;

/**
 * Which row a resource stands for (section 5.2): an existing one by id, or one with the attributes that
 * its properties say. Properties that are no attribute of ours are ignored.
 *
 * @throws BAD_USER_INPUT where there is neither, and for attributes beside an id: the row has its own
 */
export function readResource(
  resource: Entity,
  { type }: NamedResource,
  catalog: Catalog,
): AskedResource {
  const attributes = attributesIn(resource.properties ?? {}, { type, field: null }, catalog);
  const isNamed = hasId(resource);
  if (isNamed === Object.keys(attributes).length > 0)
    throw publicError("BAD_USER_INPUT", { field: "resource" });
  return isNamed ? { type: type.name, id: resource.id } : { type: type.name, attributes };
}

/** Properties that are attributes of rows of a type. */
export function attributesIn(
  properties: Properties,
  { type }: NamedResource,
  catalog: Catalog,
): Properties {
  const known = attributesFor(catalog, type);
  return Object.fromEntries(Object.entries(properties).filter(([name]) => known.has(name)));
}
