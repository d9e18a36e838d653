import { Card, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './step-card.module.css';

type Props = { number?: number; title: string; lead?: string; children: ReactNode };

/** A numbered step. */
export function StepCard({ number, title, lead, children }: Props) {
  const id = useId();
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby={id} className={classes.card}>
      <Title order={2} size="h4" id={id} mb={lead ? 'xs' : 'lg'}>
        {number !== undefined && <span className={classes.number}>{number}</span>} {title}
      </Title>
      {lead && (
        <Text size="sm" c="dimmed" mb="md">
          {lead}
        </Text>
      )}
      {children}
    </Card>
  );
}
