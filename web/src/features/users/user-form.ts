/** A user being made or changed, and which permissions the form may still give. */

import type { Language, Permission, Role, RolePermissions, User } from "@/api/types";

export interface UserValues extends Record<string, unknown> {
  login: string;
  display_name: string;
  role: Role;
  language: Language;
  permissions: Permission[];
  queue_ids: string[];
}

export function emptyUser(language: Language): UserValues {
  return { login: "", display_name: "", role: "agent", language, permissions: [], queue_ids: [] };
}

export function valuesOf(user: User): UserValues {
  const { login, display_name, role, language, permissions, queue_ids } = user;
  return { login, display_name, role, language, permissions, queue_ids };
}

export function ofRole(roles: readonly RolePermissions[], role: Role): ReadonlySet<Permission> {
  return new Set(roles.find((one) => one.role === role)?.permissions ?? []);
}

/** Permissions beyond the role: what the role gives need not be granted. */
export function beyondRole(
  values: Pick<UserValues, "role" | "permissions">,
  roles: readonly RolePermissions[],
): Permission[] {
  const given = ofRole(roles, values.role);
  return values.permissions.filter((permission) => !given.has(permission));
}

/** "Afi Dossou" → "afi.dossou", a login to begin with. */
export function suggestedLogin(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .trim()
    .replace(/[^a-z0-9]+/g, ".")
    .replace(/^\.+|\.+$/g, "");
}
