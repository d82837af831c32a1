import type { Anatomy } from "./anatomy.ts";
import { invariant } from "../lib/invariant.ts";
import type { Category, Classification, LegalTag } from "./classification.ts";
import { DISCLOSURES, type Disclosure, isAbove } from "./disclosure.ts";
import type { RenderedLevel, Renderings } from "./rendering.ts";
import { existenceMask, type Shape } from "./shape.ts";

/** Which predicates a filter offers for a field; left out, the field can't be filtered. */
/** `list` asks what a list has among its items, `time` when something was. */
export type FilterKind = "exact" | "text" | "range" | "lookup" | "list" | "time";

/** Everything the product knows of one guarded field, declared once beside the property. */
export interface FieldDefinition {
  readonly type: string;
  readonly name: string;
  /** Column of the clear value, or stem of the columns of a sealed one. */
  readonly column: string;
  readonly description: string;
  readonly classification: Classification;
  readonly category: Category;
  readonly legalTags: readonly LegalTag[];
  readonly shape: Shape;
  readonly renderings: Renderings;
  /** Whether the field can be shown as a stable pseudonym (TOKEN). */
  readonly token: boolean;
  readonly filter: FilterKind | null;
  readonly sortable: boolean;
  readonly isSealed: boolean;
  /** Fields from which this one can be computed; it may not be less protected than they are. */
  readonly derivesFrom: readonly string[];
  /**
   * True for a list of names of the customer's fields, such as those of a change. To name a field
   * is to say that it has a value, so a name is shown where the field is at EXISTS or above.
   */
  readonly namesFields: boolean;
  /** What its values are made of, where forms of it or other fields show parts of them. */
  readonly anatomy?: Anatomy | undefined;
  /** Names of the parts that each rendering shows; what is not named it leaves open. */
  readonly shows?: Partial<Readonly<Record<RenderedLevel, readonly string[]>>> | undefined;
  /** Kind of the items of a list; texts where it is left out. */
  readonly items?: "uuid" | undefined;
  /**
   * True where any one value stands in few rows of a very large table: rows are found by it first,
   * whatever else is asked. The database has no figures of values that rare, and would guess.
   */
  readonly isSelective?: boolean | undefined;
}

/** Kinds of row attributes, named as in PostgreSQL. */
export type AttributeKind = "uuid" | "uuid[]" | "text" | "text[]" | "boolean" | "date" | "integer";

/** A column that rules read. */
export interface AttributeDefinition {
  readonly name: string;
  readonly column: string;
  readonly kind: AttributeKind;
  readonly description: string;
  /** All values that it can have, where they are a closed list; `purposes` are those of the policy. */
  readonly words?: readonly string[] | "purposes" | undefined;
}

/** Which attributes of a row say whom a decision about it concerns, for the decision log. */
export interface Concerns {
  /** Attributes with the organisations that may be told of it. */
  readonly organisations: readonly string[];
  /** Attributes with the transfers of which the row is part. */
  readonly transfers: readonly string[];
  /** Attribute with the id of the customer that it is about; null where it is about none. */
  readonly customer: string | null;
}

/**
 * The order in which rows came about, for types of which there are very many: a number that no two
 * rows share and none is without. It is their order unless another one is asked for, newest first.
 */
export interface Sequence {
  /** Field with the number. */
  readonly field: string;
  /** Field with the time, whose order is nearly the same. */
  readonly time: string;
  /** Attribute with the day of that time (UTC). */
  readonly day: string;
  /** Table of days (`day`) with the lowest and highest number of each (`first_number`, `last_number`). */
  readonly days: string;
  readonly blocks: SequenceBlocks;
}

/**
 * A table that says in which blocks of a sequence a word occurs (`word`, `organisation_id`, `block`), so
 * that a search looks nowhere else: words of long ago are found as fast as those of today.
 */
export interface SequenceBlocks {
  readonly table: string;
  /** How many times a number is halved to get the one of its block. */
  readonly bits: number;
  /** Attribute with the organisations under which the words of a row stand. */
  readonly organisations: string;
  /** What stands before the values of a field in the table. */
  readonly words: Readonly<Record<string, string>>;
  /** Fields that have an index of their own, of which a value is rare enough to be sought there. */
  readonly rarer: readonly string[];
}

/** A guarded type: its table, its fields and the attributes that rules about it may read. */
export interface TypeDefinition {
  readonly name: string;
  readonly table: string;
  readonly description: string;
  /** Type whose rules hold for this one as well, through a column with that type's id. */
  readonly ownedBy: { readonly type: string; readonly column: string } | null;
  /** Whom decisions about its rows concern; of a type that is owned, read of its owner. */
  readonly concerns: Concerns;
  /** Null where rows are in order of their ids unless told otherwise. */
  readonly sequence: Sequence | null;
  readonly fields: ReadonlyMap<string, FieldDefinition>;
  readonly attributes: ReadonlyMap<string, AttributeDefinition>;
}

/** All guarded types by name. */
export type Catalog = ReadonlyMap<string, TypeDefinition>;

/** The definition of a guarded type; asking for another is a mistake of ours. */
export function typeIn(catalog: Catalog, name: string): TypeDefinition {
  const type = catalog.get(name);
  invariant(type !== undefined, `${name} is not a guarded type`);
  return type;
}

/** The definition of a guarded field; asking for another is a mistake of ours. */
export function fieldIn(type: TypeDefinition, name: string): FieldDefinition {
  const field = type.fields.get(name);
  invariant(field !== undefined, `${type.name}.${name} is not a guarded field`);
  return field;
}

/**
 * The attributes that rules about a type may read: its own, and those of the type that owns it.
 * Where both have one of the same name, such as `id`, it is the owner's.
 */
export function attributesFor(
  catalog: Catalog,
  type: TypeDefinition,
): ReadonlyMap<string, AttributeDefinition> {
  if (type.ownedBy === null) return type.attributes;
  return new Map([...type.attributes, ...typeIn(catalog, type.ownedBy.type).attributes]);
}

/** Whether an attribute that rules about a type read is a column of its owner's row. */
export function isOwnersAttribute(catalog: Catalog, type: TypeDefinition, name: string): boolean {
  return type.ownedBy !== null && typeIn(catalog, type.ownedBy.type).attributes.has(name);
}

/** Whom decisions about rows of a type concern, by attributes that rules about it may read. */
export function concernsOf(catalog: Catalog, type: TypeDefinition): Concerns {
  return type.ownedBy === null ? type.concerns : typeIn(catalog, type.ownedBy.type).concerns;
}

/** Name of the type whose rules hold for a type: its own, or its owner's. */
export function ruledBy(type: TypeDefinition): string {
  return type.ownedBy?.type ?? type.name;
}

/** The highest level not above `level` at which a field has a form. */
export function renderableAt(field: FieldDefinition, level: Disclosure): Disclosure {
  const forms: readonly Disclosure[] = DISCLOSURES.filter(
    (candidate) => !isAbove(candidate, level) && hasForm(field, candidate),
  );
  return forms.at(-1) ?? "NONE";
}

function hasForm(field: FieldDefinition, level: Disclosure): boolean {
  switch (level) {
    case "CLEAR":
    case "NONE":
      return true;
    case "PARTIAL":
    case "COARSE":
      return field.renderings[level] !== undefined;
    case "TOKEN":
      return field.token;
    case "EXISTS":
      return existenceMask(field.shape) !== null;
  }
}
