import { z } from "zod";
import { demoId, readYaml } from "./read-yaml.ts";

const shape = z.array(
  z.strictObject({
    id: z
      .string()
      .regex(/^6\d\d$/)
      .transform(demoId),
    organisation: z.enum(["transferor", "transferee"]),
    name: z.string(),
    roles: z.array(z.string()).nonempty(),
  }),
);

/** Somebody who works for one of the companies and is no demo caller. */
export type StaffMember = z.output<typeof shape>[number];

/** The staff of staff.yaml. */
export const STAFF: readonly StaffMember[] = readYaml("staff.yaml", shape);
