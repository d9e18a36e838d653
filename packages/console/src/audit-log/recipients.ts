import { maskEmailsIn, maskPhone } from '@sesame/connector-kit';

/** Whether entries about this kind of thing name a number or an address. */
export const isRecipient = (type: string): boolean => ['phone', 'email', 'suppression', 'test-number'].includes(type);

/** A number or an address, masked. */
export const maskRecipient = (id: string): string => (id.includes('@') ? maskEmailsIn(id) : maskPhone(id));
