import type { LockMode } from "@mikro-orm/postgresql";

/** `FOR UPDATE`. The number is MikroORM's own, so that naming it does not load the ORM. */
export const FOR_UPDATE = 3 as LockMode.PESSIMISTIC_WRITE;

/** `FOR UPDATE SKIP LOCKED`. */
export const FOR_UPDATE_SKIP_LOCKED = 4 as LockMode.PESSIMISTIC_PARTIAL_WRITE;
