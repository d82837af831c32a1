import { ArgsType, type ClassType, Field, Int, ObjectType } from "type-graphql";
import type { Row } from "../database/read-request.ts";
import { declarePlain } from "./plain-types.ts";

/** Where a page lies in its list (Relay cursor connections). */
@ObjectType({ description: "Where a page lies in its list." })
export class PageInfo {
  @Field(() => Boolean, { description: "More edges follow." })
  hasNextPage: boolean;

  @Field(() => Boolean, { description: "More edges come before." })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: "Cursor of the first edge." })
  startCursor: string | null;

  @Field(() => String, { nullable: true, description: "Cursor of the last edge." })
  endCursor: string | null;
}

declarePlain("PageInfo");

/** Arguments of every connection: forward with first and after, backward with last and before. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: "How many edges from the start of the list." })
  first?: number | null;

  @Field(() => String, { nullable: true, description: "Cursor after which the page starts." })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: "How many edges from the end of the list." })
  last?: number | null;

  @Field(() => String, { nullable: true, description: "Cursor before which the page ends." })
  before?: string | null;
}

/** A page of rows as resolvers return it; the guard decides about each row. */
export interface Connection {
  readonly edges: readonly { readonly node: Row; readonly cursor: string }[];
  readonly nodes: readonly Row[];
  readonly pageInfo: PageInfo;
  /** Null where the operation did not ask for it. */
  readonly totalCount: number | null;
}

/** The connection and edge types of a node type. */
export function connectionTypeOf(node: ClassType<object>, name: string): ClassType<object> {
  @ObjectType(`${name}Edge`, { description: `A ${name} in a list, with its cursor.` })
  class Edge {
    @Field(() => node, { description: "The object." })
    node: object;

    @Field(() => String, {
      description: "Sealed position in the list; good for this caller, filter and order only.",
    })
    cursor: string;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class ConnectionOfNode {
    @Field(() => [Edge], { description: "The objects with their cursors." })
    edges: Edge[];

    @Field(() => [node], { description: "The objects alone." })
    nodes: object[];

    @Field(() => PageInfo, { description: "Where the page lies in its list." })
    pageInfo: PageInfo;

    @Field(() => Int, { description: "How many objects the whole list has for this caller." })
    totalCount: number;
  }
  declarePlain(`${name}Edge`);
  declarePlain(`${name}Connection`);
  return ConnectionOfNode;
}
