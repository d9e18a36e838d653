import { Alert, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { liveConnectorQuery } from '../api/connectors.ts';
import { IconAlertTriangle } from '../shell/icons.tsx';
import { PageLink } from '../shell/links.tsx';
import type { ExperienceValues } from './experience-values.ts';
import { channelOf, warningsFor } from './ways.ts';
import classes from './ways-warnings.module.css';

/** Says what is allowed, but most likely not meant. */
export function WaysWarnings({ values }: { values: ExperienceValues }) {
  const { t } = useTranslation();
  const { data: phone } = useQuery(liveConnectorQuery(channelOf.phone));
  const { data: email } = useQuery(liveConnectorQuery(channelOf.email));
  const warnings = warningsFor(values, { phone, email });
  return (
    <div role="status" className={classes.warnings}>
      {warnings.length > 0 && (
        <Alert variant="outline" color="orange" icon={<IconAlertTriangle />}>
          {warnings.map((warning) => (
            <Text key={warning} size="sm">
              {t(`signInExperience.warning.${warning}`)}{' '}
              {(warning === 'noConnector' || warning === 'noEmailConnector') && (
                <PageLink to="/connectors" underline="always">
                  {t('signInExperience.warning.toConnectors')}
                </PageLink>
              )}
            </Text>
          ))}
        </Alert>
      )}
    </div>
  );
}
