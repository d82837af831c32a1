import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Customer } from "../customers/customer.entity.ts";
import { CustomerFilter } from "../customers/customer.types.ts";
import { Decision } from "../decisions/decision.entity.ts";
import { DecisionFilter } from "../decisions/decision.inputs.ts";
import { AuditSample } from "./audit-sample.entity.ts";
import { AuditPopulation } from "./audit.enums.ts";

@InputType({
  description: "A filter of what is drawn; of the population that is drawn from, and no other.",
})
export class AuditSampleFilterInput {
  @Field(() => CustomerFilter, { nullable: true, description: "Which customers." })
  customers?: object | null;

  @Field(() => DecisionFilter, { nullable: true, description: "Which decisions." })
  decisions?: object | null;
}

@InputType({ description: "A sample that is to be drawn in an audit." })
export class DrawAuditSampleInput {
  @Field(() => ID, {
    description: "Id of the audit, which must be in a state in which it looks at records.",
  })
  engagementId: string;

  @Field(() => AuditPopulation, { description: "Of what." })
  of: AuditPopulation;

  @Field(() => Int, {
    description: "Number from which chance starts; the same one draws the same sample.",
  })
  seed: number;

  @Field(() => Int, { description: "How many, 200 at the most." })
  size: number;

  @Field(() => AuditSampleFilterInput, {
    nullable: true,
    description:
      "Among which; everything that belongs to the audit when left out. It is kept, so it names no person.",
  })
  filter?: AuditSampleFilterInput | null;

  @Field(() => String, {
    nullable: true,
    description: "Name of this draw; the same name again, by the same caller, keeps nothing more.",
  })
  clientMutationId?: string | null;
}

@ObjectType({ description: "A sample as it was kept, and as it comes out now." })
export class AuditDrawing {
  @Field(() => AuditSample, { nullable: true, description: "What was kept of it." })
  sample: AuditSample | null;

  @Field(() => Int, { description: "How many there are to draw from now." })
  populationSize: number;

  @Field(() => String, {
    description: "SHA-256 over the ids as they are drawn now, in their order, hex.",
  })
  idDigest: string;

  @Field(() => Boolean, {
    description:
      "Whether the same ids were drawn as when it was kept, from as many. Otherwise the population has changed since.",
  })
  isSame: boolean;

  @Field(() => [Customer], {
    nullable: true,
    description:
      "The customers as they are drawn now, in their order, under their own rules; null for other populations.",
  })
  customers: Customer[] | null;

  @Field(() => [Decision], {
    nullable: true,
    description:
      "The decisions as they are drawn now, in their order, under their own rules; null for other populations.",
  })
  decisions: Decision[] | null;

  @Field(() => String, { nullable: true, description: "Name of the draw, as it was given." })
  clientMutationId: string | null;
}
