import { ActionIcon, Button, Group, NativeSelect, Paper, Stack, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '../shell/icons.tsx';
import type { Identifier, SignInMethod } from './experience-api.ts';
import { identifiers, takesCodes } from './identifiers.ts';

type Props = {
  methods: readonly SignInMethod[];
  error: string | undefined;
  onChange: (methods: SignInMethod[]) => void;
};

/** The ways to sign in, in the order in which they are offered. */
export function MethodList({ methods, error, onChange }: Props) {
  const { t } = useTranslation();
  const missing = identifiers.filter((identifier) => !methods.some((method) => method.identifier === identifier));
  const swap = (index: number, other: number) =>
    onChange(methods.with(index, methods[other] as SignInMethod).with(other, methods[index] as SignInMethod));
  return (
    <Stack gap="sm">
      {methods.length > 0 && (
        <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
          {methods.map((method, index) => {
            const name = t(`signInExperience.ways.identifier.${method.identifier}`);
            return (
              <Paper component="li" key={method.identifier} withBorder p="sm" radius="md">
                <Group justify="space-between" wrap="nowrap" align="flex-start">
                  <Text fw={600}>{name}</Text>
                  <Group gap={4} wrap="nowrap">
                    <IconAction
                      label={t('signInExperience.ways.up', { name })}
                      icon={IconArrowUp}
                      isDisabled={index === 0}
                      onClick={() => swap(index, index - 1)}
                    />
                    <IconAction
                      label={t('signInExperience.ways.down', { name })}
                      icon={IconArrowDown}
                      isDisabled={index === methods.length - 1}
                      onClick={() => swap(index, index + 1)}
                    />
                    <IconAction
                      label={t('signInExperience.ways.remove', { name })}
                      icon={IconX}
                      onClick={() => onChange(methods.toSpliced(index, 1))}
                    />
                  </Group>
                </Group>
                <Proofs method={method} onChange={(changed) => onChange(methods.with(index, changed))} />
              </Paper>
            );
          })}
        </Stack>
      )}
      {error !== undefined && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert" tabIndex={-1} aria-invalid="true">
          {error}
        </Text>
      )}
      <Group gap="xs">
        {missing.map((identifier) => (
          <Button
            key={identifier}
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange([...methods, newMethod(identifier)])}
          >
            {t('signInExperience.ways.add', { name: t(`signInExperience.ways.identifier.${identifier}`) })}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}

const newMethod = (identifier: Identifier): SignInMethod => ({
  identifier,
  password: !takesCodes(identifier),
  verificationCode: takesCodes(identifier),
  isPasswordPrimary: !takesCodes(identifier),
});

/** What proves that an identifier is one's own. */
function Proofs({ method, onChange }: { method: SignInMethod; onChange: (method: SignInMethod) => void }) {
  const { t } = useTranslation();
  const { identifier } = method;
  if (!takesCodes(identifier)) return <Text size="sm">{t('signInExperience.ways.withPassword')}</Text>;
  const proofs = ['verificationCode', 'password'] as const;
  const nameOf = (proof: (typeof proofs)[number]) =>
    t(proof === 'password' ? 'signInExperience.ways.password' : `signInExperience.ways.codeTo.${identifier}`);
  return (
    <Stack gap="xs" mt="xs">
      {proofs.map((proof) => (
        <Switch
          key={proof}
          label={nameOf(proof)}
          checked={method[proof]}
          onChange={(event) => onChange(settled({ ...method, [proof]: event.currentTarget.checked }))}
        />
      ))}
      {method.password && method.verificationCode && (
        <NativeSelect
          label={t('signInExperience.ways.first')}
          maw="16rem"
          value={method.isPasswordPrimary ? 'password' : 'verificationCode'}
          data={proofs.map((value) => ({ value, label: nameOf(value) }))}
          onChange={(event) => onChange({ ...method, isPasswordPrimary: event.currentTarget.value === 'password' })}
        />
      )}
    </Stack>
  );
}

/** What is asked for first is one of what is asked for at all. */
const settled = (method: SignInMethod): SignInMethod => ({
  ...method,
  isPasswordPrimary: method.password && (method.isPasswordPrimary || !method.verificationCode),
});

type ActionProps = { label: string; icon: typeof IconX; isDisabled?: boolean; onClick: () => void };

function IconAction({ label, icon: Icon, isDisabled = false, onClick }: ActionProps) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={isDisabled} onClick={onClick}>
      <Icon size={16} />
    </ActionIcon>
  );
}
