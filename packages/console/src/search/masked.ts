/** Whether this may be of a number or an address, which viewers see masked and do not search by. */
export const mayBeMasked = (typed: string): boolean => /\p{Nd}|@|\.\p{L}/u.test(typed.normalize('NFKD'));
