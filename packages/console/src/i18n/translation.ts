/**
 * A catalogue with the keys of the English one. Other languages have other plurals: a text in the singular may be left
 * out.
 */
export type TranslationOf<Catalogue> = {
  [Key in keyof Catalogue as Key extends `${string}_one` ? never : Key]: Catalogue[Key] extends string
    ? string
    : TranslationOf<Catalogue[Key]>;
};
