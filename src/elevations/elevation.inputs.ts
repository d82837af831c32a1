import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Elevation } from "./elevation.entity.ts";
import { ElevationOutcome } from "./elevation.enums.ts";

@InputType({
  description:
    "A request to read named fields of one customer in clear, for a while and for the purpose of this request.",
})
export class RequestElevationInput {
  @Field(() => ID, { description: "Id of the customer." })
  customerId: string;

  @Field(() => [String], { description: "Names of the fields that have to be read, and no more." })
  fields: string[];

  @Field(() => String, { description: "Purpose for which they are read: that of this request." })
  purpose: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Why they have to be read, 500 characters at the most. It names a case, never a value; without it REASON_REQUIRED.",
  })
  reason?: string | null;

  @Field(() => Int, {
    description: "For how many minutes from the approval on; policy says how many at the most.",
  })
  minutes: number;

  @Field(() => String, {
    nullable: true,
    description:
      "Name of this request; the same name again, by the same caller, asks for nothing more.",
  })
  clientMutationId?: string | null;
}

@InputType({ description: "A step that changes where an elevation stands." })
export class ElevationStepInput {
  @Field(() => ID, { description: "Id of the elevation." })
  id: string;

  @Field(() => Int, { description: "Version that the step is taken from." })
  expectedVersion: number;

  @Field(() => String, {
    nullable: true,
    description: "Name of this step; the same name again, by the same caller, does nothing more.",
  })
  clientMutationId?: string | null;
}

@InputType({ description: "A refusal of an elevation." })
export class RejectElevationInput extends ElevationStepInput {
  @Field(() => String, {
    nullable: true,
    description: "Why, 500 characters at the most and without values; required.",
  })
  reason?: string | null;
}

@InputType({ description: "What a review of an elevation found." })
export class ReviewElevationInput extends ElevationStepInput {
  @Field(() => ElevationOutcome, { description: "Whether it was needed." })
  outcome: ElevationOutcome;

  @Field(() => String, {
    nullable: true,
    description: "What was looked at, 500 characters at the most and without values; required.",
  })
  note?: string | null;
}

@ObjectType({ description: "What came of a request or a step." })
export class ElevationPayload {
  @Field(() => Elevation, { nullable: true, description: "The elevation after it." })
  elevation: Elevation | null;

  @Field(() => String, {
    nullable: true,
    description: "Name of the request or step, as it was given.",
  })
  clientMutationId: string | null;
}
