const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** The nonce that lets this page insert styles under the Content-Security-Policy of its reply. */
export const styleNonce = (): string => nonce;

// A library below the dialogs inserts a style and takes its nonce from here.
Object.assign(globalThis, { __webpack_nonce__: nonce });
