/// <reference types="vite/client" />

/** It comes without types. */
declare module 'punycode/punycode.es6.js' {
  export const toUnicode: (domain: string) => string;
}
