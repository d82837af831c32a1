import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Timestamp } from "../classification/scalars.ts";
import { AccessReviewItem } from "./access-review-item.entity.ts";
import { AccessReview } from "./access-review.entity.ts";
import { AccessDecision } from "./access-review.enums.ts";

@InputType({ description: "A review of the roles in the caller's organisation." })
export class OpenAccessReviewInput {
  @Field(() => String, {
    nullable: true,
    description: "The one role that it is about; all of them when left out.",
  })
  role?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Name of this opening; the same name again, by the same caller, opens nothing more.",
  })
  clientMutationId?: string | null;
}

@InputType({ description: "What is decided about one role." })
export class DecideAccessInput {
  @Field(() => ID, { description: "Id of the item." })
  id: string;

  @Field(() => Int, { description: "Version that the decision is taken from." })
  expectedVersion: number;

  @Field(() => AccessDecision, { description: "Whether the role stays or ends at once." })
  decision: AccessDecision;

  @Field(() => String, {
    nullable: true,
    description:
      "Why, 500 characters at the most and without values; required where the role ends, is dormant or toxic.",
  })
  note?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Name of this decision; the same name again, by the same caller, does nothing more.",
  })
  clientMutationId?: string | null;
}

@InputType({ description: "The end of a review in which everything is decided." })
export class CloseAccessReviewInput {
  @Field(() => ID, { description: "Id of the review." })
  id: string;

  @Field(() => Int, { description: "Version that it is closed from." })
  expectedVersion: number;

  @Field(() => String, {
    nullable: true,
    description: "Name of this step; the same name again, by the same caller, does nothing more.",
  })
  clientMutationId?: string | null;
}

@ObjectType({ description: "What came of a step in a review." })
export class AccessReviewPayload {
  @Field(() => AccessReview, { nullable: true, description: "The review after it." })
  review: AccessReview | null;

  @Field(() => String, { nullable: true, description: "Name of the step, as it was given." })
  clientMutationId: string | null;
}

@ObjectType({ description: "What came of a decision." })
export class DecideAccessPayload {
  @Field(() => AccessReviewItem, { nullable: true, description: "The item after it." })
  item: AccessReviewItem | null;

  @Field(() => String, { nullable: true, description: "Name of the decision, as it was given." })
  clientMutationId: string | null;
}

@ObjectType({
  description:
    "A role that somebody has in the caller's organisation now, and what is to be noticed of it. It says nothing of customers.",
})
export class NoticedGrant {
  @Field(() => String, { description: "Name of the principal who has it." })
  holder: string;

  @Field(() => String, { description: "The role." })
  role: string;

  @Field(() => String, { nullable: true, description: "Name of the principal who gave it." })
  grantedBy: string | null;

  @Field(() => Timestamp, { description: "Since when it holds." })
  validFrom: Date;

  @Field(() => Timestamp, { nullable: true, description: "When it ends by itself." })
  validTo: Date | null;

  @Field(() => Timestamp, {
    nullable: true,
    description: "When its holder last called with it, to the hour.",
  })
  lastUsedAt: Date | null;

  @Field(() => Boolean, { description: "Whether nobody used it for as long as the law pack says." })
  dormant: boolean;

  @Field(() => [String], {
    description: "Names of pairs that one person should not have together, and has with this role.",
  })
  toxicPairs: string[];
}
