import { Card, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './step-card.module.css';

/** A numbered step. */
export function StepCard({ number, title, children }: { number?: number; title: string; children: ReactNode }) {
  const id = useId();
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby={id} className={classes.card}>
      <Title order={2} size="h4" id={id} mb="lg">
        {number !== undefined && <span className={classes.number}>{number}</span>} {title}
      </Title>
      {children}
    </Card>
  );
}
