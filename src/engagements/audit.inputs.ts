import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { EdtfDate } from "../classification/scalars.ts";
import { AuditEngagement } from "./audit-engagement.entity.ts";
import { AuditKind, AuditState } from "./audit.enums.ts";

@InputType({ description: "An audit that is to be made." })
export class PlanAuditInput {
  @Field(() => String, {
    description:
      "Number of the audit: capitals, digits and hyphens; new among those of the organisation.",
  })
  code: string;

  @Field(() => AuditKind, { description: "Who audits, and on whose order." })
  kind: AuditKind;

  @Field(() => [String], {
    description: "Codes of the audited organisations, among those for which the caller works.",
  })
  organisations: string[];

  @Field(() => Boolean, {
    description:
      "Whether it looks only at what belongs to some transfers. No transfer never means every one.",
  })
  limitedToTransfers: boolean;

  @Field(() => [ID], {
    defaultValue: [],
    description: "Those transfers; some where it is limited to them, none where it is not.",
  })
  transferIds: string[];

  @Field(() => EdtfDate, { description: "First day of the audited time." })
  from: string;

  @Field(() => EdtfDate, { description: "Last day of the audited time." })
  to: string;

  @Field(() => [String], {
    description: "By what is judged, such as articles of a law; 500 characters each at the most.",
  })
  criteria: string[];

  @Field(() => [ID], {
    description:
      "Principals of the team, by id or by a name that only one has; the first one leads it. All are of one organisation: of an audited one for an internal audit, of another one otherwise.",
  })
  team: string[];

  @Field(() => String, {
    nullable: true,
    description: "Name of this plan; the same name again, by the same caller, plans nothing more.",
  })
  clientMutationId?: string | null;
}

@InputType({ description: "A step that changes where an audit stands." })
export class AuditStepInput {
  @Field(() => ID, { description: "Id of the audit." })
  id: string;

  @Field(() => Int, { description: "Version that the step is taken from." })
  expectedVersion: number;

  @Field(() => String, {
    nullable: true,
    description: "Name of this step; the same name again, by the same caller, does nothing more.",
  })
  clientMutationId?: string | null;
}

@InputType({ description: "A step from one state to the next." })
export class AdvanceAuditInput extends AuditStepInput {
  @Field(() => AuditState, { description: "The next state." })
  to: AuditState;
}

@InputType({ description: "An early end of an audit." })
export class CloseAuditInput extends AuditStepInput {
  @Field(() => String, {
    nullable: true,
    description: "Why, 500 characters at the most and without values; required.",
  })
  reason?: string | null;
}

@ObjectType({ description: "What came of a plan or a step." })
export class AuditPayload {
  @Field(() => AuditEngagement, { nullable: true, description: "The audit after it." })
  engagement: AuditEngagement | null;

  @Field(() => String, {
    nullable: true,
    description: "Name of the plan or step, as it was given.",
  })
  clientMutationId: string | null;
}
