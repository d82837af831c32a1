// The decorators of type-graphql need it before any of them runs, whichever file is loaded first.
import "reflect-metadata";
import { Field, FieldResolver, ObjectType } from "type-graphql";
import { invariant } from "../lib/invariant.ts";
import { snakeCase } from "../lib/snake-case.ts";
import type { Anatomy } from "./anatomy.ts";
import type {
  AttributeDefinition,
  AttributeKind,
  Catalog,
  Concerns,
  FieldDefinition,
  FilterKind,
  Sequence,
  TypeDefinition,
} from "./catalog.ts";
import {
  type Category,
  type Classification,
  isSealedAtRest,
  type LegalTag,
} from "./classification.ts";
import { describeField } from "./describe.ts";
import type { Renderings } from "./rendering.ts";
import { defaultScalarFor } from "./scalars.ts";
import type { Shape } from "./shape.ts";

/** What is written beside a guarded property. Classification and category have no default. */
export interface FieldDeclaration {
  readonly description: string;
  readonly classification: Classification;
  readonly category: Category;
  readonly shape: Shape;
  readonly legalTags?: readonly LegalTag[];
  readonly renderings?: Renderings;
  readonly token?: boolean;
  readonly filter?: FilterKind;
  readonly sortable?: boolean;
  readonly column?: string;
  readonly derivesFrom?: readonly string[];
  readonly namesFields?: boolean;
  readonly anatomy?: Anatomy;
  readonly shows?: FieldDefinition["shows"];
  readonly items?: FieldDefinition["items"];
  readonly isSelective?: boolean;
  /** GraphQL type where the shape does not say it: enums, lists and relations. */
  readonly graphqlType?: () => unknown;
}

interface Draft {
  readonly fields: Map<string, FieldDefinition>;
  readonly attributes: Map<string, AttributeDefinition>;
}

const drafts = new Map<object, Draft>();
const types = new Map<string, TypeDefinition>();

/**
 * Declares a guarded field once: GraphQL field (always nullable, so that a refusal can't take the
 * parent with it), column, classification and renderings. Everything else reads the catalog.
 */
export function Guarded(declaration: FieldDeclaration): PropertyDecorator {
  return (prototype, property) => {
    invariant(typeof property === "string", "a guarded field has a name");
    const definition: FieldDefinition = {
      type: prototype.constructor.name,
      name: property,
      column: declaration.column ?? snakeCase(property),
      description: declaration.description,
      classification: declaration.classification,
      category: declaration.category,
      legalTags: declaration.legalTags ?? [],
      shape: declaration.shape,
      renderings: declaration.renderings ?? {},
      token: declaration.token ?? false,
      filter: declaration.filter ?? null,
      sortable: declaration.sortable ?? false,
      isSealed: isSealedAtRest(declaration.classification),
      derivesFrom: declaration.derivesFrom ?? [],
      namesFields: declaration.namesFields ?? false,
      anatomy: declaration.anatomy,
      shows: declaration.shows,
      items: declaration.items,
      isSelective: declaration.isSelective ?? false,
    };
    draftOf(prototype).fields.set(property, definition);
    const graphqlType = declaration.graphqlType ?? (() => defaultScalarFor(definition.shape));
    Field(graphqlType as never, { nullable: true, description: describeField(definition) })(
      prototype,
      property,
    );
  };
}

/** What is written beside a resolver that leads from a guarded type to another one. */
export interface RelationDeclaration {
  /** Type from which the relation leads. */
  readonly of: { readonly name: string; readonly prototype: object };
  readonly description: string;
  readonly category: Category;
  /** Column that holds the other side's id; left out where the own id leads there. */
  readonly column?: string;
}

/** Declares a relation beside its resolver: guarded like a field, followed in clear or not at all. */
export function GuardedRelation(
  graphqlType: () => unknown,
  declaration: RelationDeclaration,
): MethodDecorator {
  return (prototype, method, descriptor) => {
    invariant(typeof method === "string", "a relation has a name");
    const definition: FieldDefinition = {
      type: declaration.of.name,
      name: method,
      column: declaration.column ?? "id",
      description: declaration.description,
      classification: "PUBLIC",
      category: declaration.category,
      legalTags: [],
      shape: "relation",
      renderings: {},
      token: false,
      filter: null,
      sortable: false,
      isSealed: false,
      derivesFrom: [],
      namesFields: false,
    };
    draftOf(declaration.of.prototype).fields.set(method, definition);
    const options = { nullable: true, description: describeField(definition) };
    FieldResolver(graphqlType as never, options)(prototype, method, descriptor);
  };
}

/**
 * Declares a column that rules read. It is not part of the API; a field of the same name may be.
 * Where its values are a closed list, a rule that names another is a fault.
 */
export function RowAttribute(
  kind: AttributeKind,
  description: string,
  words?: AttributeDefinition["words"],
): PropertyDecorator {
  return (prototype, property) => {
    invariant(typeof property === "string", "an attribute has a name");
    draftOf(prototype).attributes.set(property, {
      name: property,
      column: snakeCase(property),
      kind,
      description,
      words,
    });
  };
}

const NO_CONCERNS: Concerns = { organisations: [], transfers: [], customer: null };

/** Declares a guarded type; its fields are those marked with `Guarded`. */
export function GuardedType(
  declaration: {
    readonly table: string;
    readonly description: string;
    readonly implements?: () => unknown;
    readonly sequence?: Sequence;
  } & (
    | { readonly ownedBy: { readonly type: string; readonly column: string } }
    | { readonly concerns: Concerns }
  ),
): ClassDecorator {
  return (target) => {
    const draft = draftOf(target.prototype as object);
    invariant(!types.has(target.name), `${target.name} is declared twice`);
    types.set(target.name, {
      name: target.name,
      table: declaration.table,
      description: declaration.description,
      ownedBy: "ownedBy" in declaration ? declaration.ownedBy : null,
      concerns: "concerns" in declaration ? declaration.concerns : NO_CONCERNS,
      sequence: declaration.sequence ?? null,
      fields: draft.fields,
      attributes: draft.attributes,
    });
    ObjectType(target.name, {
      description: declaration.description,
      ...(declaration.implements ? { implements: declaration.implements() as never } : {}),
    })(target);
  };
}

/**
 * The catalog of the named types.
 *
 * @throws InvariantError when a type is not declared, or a derived field is less protected than
 * what it derives from
 */
export function readCatalog(names: readonly string[]): Catalog {
  return new Map(
    names.map((name) => {
      const type = types.get(name);
      invariant(type !== undefined, `${name} is not declared as a guarded type`);
      for (const field of type.fields.values()) assertNotLessProtected(type, field);
      return [name, type];
    }),
  );
}

const PROTECTION: Readonly<Record<Classification, number>> = {
  PUBLIC: 0,
  SENSITIVE: 1,
  PRIVATE: 2,
};

function assertNotLessProtected(type: TypeDefinition, field: FieldDefinition): void {
  for (const name of field.derivesFrom) {
    const source = type.fields.get(name);
    invariant(source !== undefined, `${type.name}.${field.name} derives from unknown ${name}`);
    invariant(
      PROTECTION[field.classification] >= PROTECTION[source.classification],
      `${type.name}.${field.name} is less protected than ${name}, from which it derives`,
    );
  }
}

function draftOf(prototype: object): Draft {
  let draft = drafts.get(prototype);
  if (draft === undefined) {
    draft = { fields: new Map(), attributes: new Map() };
    drafts.set(prototype, draft);
  }
  return draft;
}
