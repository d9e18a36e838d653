import { useQuery } from '@tanstack/react-query';
import type { CSSProperties, ReactNode } from 'react';
import { type Role, sessionQuery } from './session.ts';

/** From the least to the most. */
export const roles = ['viewer', 'operator', 'owner'] as const satisfies readonly Role[];

/** Whether whoever is signed in has at least this role. The server decides; this is what the Console shows. */
export function useMay(needed: Role): boolean {
  const { data: session } = useQuery(sessionQuery);
  return session ? roles.indexOf(session.administrator.role) >= roles.indexOf(needed) : false;
}

type Props = { as: Role; children: ReactNode };

/** What only those with at least this role see. */
export function Allowed({ as: needed, children }: Props) {
  return useMay(needed) ? children : null;
}

/** Fields that those with a lesser role can read and not change. */
export function Changeable({ as: needed, children }: Props) {
  const isDisabled = !useMay(needed);
  return (
    <fieldset disabled={isDisabled} style={fieldsLook}>
      {children}
    </fieldset>
  );
}

/** No frame, and as far from each other as the fields of every form. */
const fieldsLook: CSSProperties = {
  display: 'grid',
  gap: 'var(--mantine-spacing-md)',
  gridTemplateColumns: 'minmax(0, 1fr)',
  border: 0,
  margin: 0,
  padding: 0,
  minWidth: 0,
};
