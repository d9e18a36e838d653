import type { en } from './en.ts';

type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

/** The key of each text, `section.part.name`; one that counts has one key for all its plurals. */
export type TextKey = KeyIn<typeof en>;
type KeyIn<Catalogue> = {
  [Name in keyof Catalogue & string]: Catalogue[Name] extends string
    ? WithoutPlural<Name>
    : `${Name}.${KeyIn<Catalogue[Name]>}`;
}[keyof Catalogue & string];
type WithoutPlural<Name extends string> = Name extends `${infer Counted}_${Plural}` ? Counted : Name;

/**
 * What `t` takes beside a key: a value for each `%{name}` and `%{name, number}` of its text, and `count` where it
 * counts.
 */
export type TextValues<Key extends string> = [PlaceholderOf<Key>] extends [never]
  ? [values?: Readonly<Record<string, unknown>>]
  : [
      values: {
        readonly [Each in PlaceholderOf<Key> as NameIn<Each>]: Each extends Numeric ? number : string | number;
      },
    ];
type Numeric = 'count' | `${string}, number`;
type NameIn<Placeholder extends string> = Placeholder extends `${infer Name}, ${string}` ? Name : Placeholder;

type PlaceholderOf<Key extends string> = Key extends string ? PlaceholderAt<typeof en, Key> : never;
type PlaceholderAt<Catalogue, Key extends string> = Key extends `${infer Part}.${infer Rest}`
  ? Part extends keyof Catalogue
    ? PlaceholderAt<Catalogue[Part], Rest>
    : never
  : Key extends keyof Catalogue
    ? PlaceholderIn<Catalogue[Key]>
    : 'count' | PlaceholderIn<Catalogue[keyof Catalogue & `${Key}_${Plural}`]>;
type PlaceholderIn<Text> = Text extends `${string}%{${infer Placeholder}}${infer Rest}`
  ? Placeholder | PlaceholderIn<Rest>
  : never;
