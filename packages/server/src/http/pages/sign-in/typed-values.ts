/** What was typed in this flow to say who somebody is, by the fields that pages ask for it with. */
export type Typed = {
  country?: string | undefined;
  /** A number as it was typed. */
  phone?: string | undefined;
  /** An address as it was typed. */
  email?: string | undefined;
  username?: string | undefined;
  /** The newest of these. */
  identifier?: string | undefined;
  /** Whether the box is ticked that agrees to the terms. */
  agree?: string | undefined;
};
