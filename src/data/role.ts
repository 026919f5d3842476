/** What a column is to retention science: who, when, what happened, with which item, for how much, and what is to be foretold. */
export type Role = "user" | "time" | "event" | "item" | "amount" | "target";

/** Every role, in the order in which they are offered. */
export const roles: readonly Role[] = ["user", "time", "event", "item", "amount", "target"];
