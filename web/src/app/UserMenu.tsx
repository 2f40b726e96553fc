import {
  Menu,
  SegmentedControl,
  Text,
  UnstyledButton,
  useMantineColorScheme,
  VisuallyHidden,
} from "@mantine/core";
import { IconLogout, IconSelector } from "@tabler/icons-react";
import type { Language } from "@/api/types";
import { signOut, useChangeLanguage, useSession } from "@/features/session/session";
import { LANGUAGES, useLanguage } from "@/i18n/language";
import { Initials } from "@/shared/Initials";
import { toast } from "@/shared/toast";
import { useText } from "./messages";
import classes from "./UserMenu.module.css";

export function UserMenu({ compact = false }: { compact?: boolean }) {
  const t = useText();
  const { user, organisation } = useSession();
  const language = useLanguage();
  const changeLanguage = useChangeLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position={compact ? "bottom-end" : "top-start"} width={252} shadow="md">
      <Menu.Target>
        <UnstyledButton
          className={classes.target}
          data-compact={compact || undefined}
          {...(compact ? { "aria-label": t.user.menu(user.display_name) } : {})}
        >
          <Initials name={user.display_name} />
          {!compact && (
            <>
              <span className={classes.names}>
                <span className={classes.name}>{user.display_name}</span>
                <span className={classes.role}>{t.user.roles[user.role]}</span>
              </span>
              <VisuallyHidden>{t.user.menu(user.display_name)}</VisuallyHidden>
              <IconSelector size={16} stroke={1.6} aria-hidden />
            </>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.head}>
          <Text size="sm" fw={600}>
            {user.display_name}
          </Text>
          <Text size="xs" c="dimmed">
            {organisation.name}
          </Text>
        </div>
        <Menu.Divider />
        <div className={classes.choice}>
          <Text size="xs" c="dimmed" id="language-label">
            {t.user.language}
          </Text>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-labelledby="language-label"
            value={language}
            data={LANGUAGES.map(({ value, name }) => ({ value, label: name }))}
            onChange={(value) => changeLanguage(value as Language)}
          />
        </div>
        <div className={classes.choice}>
          <Text size="xs" c="dimmed" id="appearance-label">
            {t.user.appearance}
          </Text>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-labelledby="appearance-label"
            value={colorScheme}
            data={[
              { value: "light", label: t.user.light },
              { value: "dark", label: t.user.dark },
              { value: "auto", label: t.user.auto },
            ]}
            onChange={(value) => setColorScheme(value as "light" | "dark" | "auto")}
          />
        </div>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} stroke={1.7} />}
          onClick={() => void signOut().catch(toast.error)}
        >
          {t.user.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
