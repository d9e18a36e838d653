import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconColumns } from './list-icons.tsx';

type Props = {
  columns: readonly { name: string; title: string }[];
  shown: readonly string[];
  /** Nothing for what is usual. */
  onChange: (shown: string[] | null) => void;
};

/** Chooses the columns of a list; the last one stays. */
export function ColumnMenu({ columns, shown, onChange }: Props) {
  const { t } = useTranslation();
  const isShown = (name: string) => shown.includes(name);
  const toggle = (name: string) =>
    onChange(columns.map((column) => column.name).filter((each) => (each === name) !== isShown(each)));
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconColumns size={14} />}>
          {t('lists.columns')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {columns.map(({ name, title }) => (
          <Menu.CheckboxItem
            key={name}
            checked={isShown(name)}
            disabled={isShown(name) && shown.length === 1}
            onChange={() => toggle(name)}
          >
            {title}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => onChange(null)}>{t('lists.usualColumns')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
