import {
  Alert,
  Button,
  PasswordInput,
  SegmentedControl,
  Stack,
  TextInput,
  Title,
} from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import type { Language } from "@/api/types";
import { LANGUAGES, setLanguage, useLanguage } from "@/i18n/language";
import { errorText, useErrorText } from "@/shared/errors";
import { Logo } from "@/shared/Logo";
import classes from "./LoginPage.module.css";
import { useText } from "./messages";
import { signIn } from "./session";

export function LoginPage() {
  const t = useText();
  const errors = useErrorText();
  const language = useLanguage();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await signIn(login.trim(), password);
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  }

  return (
    <main className={classes.page}>
      <div className={classes.welcome}>
        <div className={classes.arcs} aria-hidden />
        <Logo size={46} />
        <p className={classes.word}>Kwabo</p>
        <p className={classes.meaning}>{t.meaning}</p>
      </div>
      <div className={classes.side}>
        <form className={classes.form} onSubmit={submit}>
          <Stack gap="md">
            <Title order={1}>{t.title}</Title>
            {error !== null && (
              <Alert color="red" icon={<IconAlertCircle />} role="alert">
                {errorText(error, errors)}
              </Alert>
            )}
            <TextInput
              label={t.login}
              name="login"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              withAsterisk={false}
              size="md"
              value={login}
              onChange={(event) => setLogin(event.currentTarget.value)}
              data-autofocus
            />
            <PasswordInput
              label={t.password}
              name="password"
              autoComplete="current-password"
              required
              withAsterisk={false}
              size="md"
              value={password}
              visibilityToggleButtonProps={{ "aria-label": t.showPassword }}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Button type="submit" size="md" mt={6} loading={busy} fullWidth>
              {t.signIn}
            </Button>
          </Stack>
        </form>
        <SegmentedControl
          size="xs"
          aria-label={t.language}
          value={language}
          data={LANGUAGES.map(({ value, name }) => ({ value, label: name }))}
          onChange={(value) => setLanguage(value as Language)}
        />
      </div>
    </main>
  );
}
