import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { PageInfo } from "../graphql/connection.ts";
import { declarePlain } from "../graphql/plain-types.ts";
import { Decision } from "./decision.entity.ts";

/** Records that are counted at most: there may be a hundred million. */
export const MOST_COUNTED = 10_000;

@ObjectType({ description: "A Decision in a list, with its cursor." })
export class DecisionEdge {
  @Field(() => Decision, { description: "The object." })
  node: Decision;

  @Field(() => String, {
    description: "Sealed position in the list; good for this caller, filter and order only.",
  })
  cursor: string;
}

@ObjectType({ description: "A page of a list of Decision." })
export class DecisionConnection {
  @Field(() => [DecisionEdge], { description: "The objects with their cursors." })
  edges: DecisionEdge[];

  @Field(() => [Decision], { description: "The objects alone." })
  nodes: Decision[];

  @Field(() => PageInfo, { description: "Where the page lies in its list." })
  pageInfo: PageInfo;

  @Field(() => Int, {
    description: `How many objects the whole list has for this caller, counted up to ${MOST_COUNTED}.`,
  })
  totalCount: number;

  @Field(() => Boolean, { description: "There are more than were counted." })
  isCapped: boolean;
}
declarePlain("DecisionEdge");
declarePlain("DecisionConnection");

/** In which order records are listed. */
export enum DecisionOrder {
  NEWEST_FIRST = "NEWEST_FIRST",
  OLDEST_FIRST = "OLDEST_FIRST",
}
registerEnumType(DecisionOrder, {
  name: "DecisionOrder",
  description: "In which order records are listed: that of the tree.",
  valuesConfig: {
    NEWEST_FIRST: { description: "The last place of the tree first." },
    OLDEST_FIRST: { description: "The first place of the tree first." },
  },
});
