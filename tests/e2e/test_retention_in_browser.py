"""A legal hold stops the removal of what is old; when it ends, what is old goes."""

from __future__ import annotations

from pathlib import Path

import asyncpg
import pytest
from playwright.async_api import expect

from e2e.conftest import OpenPage
from e2e.desk import WAIT
from e2e.office import Office
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person, Refused
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(300)]


async def test_a_hold_keeps_what_is_old_until_it_ends(
    stack: Stack, open_page: OpenPage, tmp_path: Path
) -> None:
    import_id = await _old_import(stack, tmp_path)
    admin = Office(await open_page(), stack.url())
    page = admin.page
    await admin.log_in("admin", DEMO_PASSWORD)
    await admin.go_to_settings("Conservation")
    await page.get_by_role("button", name="Compter ce qui partirait").click()
    imports = page.get_by_role("listitem").filter(has_text="Imports, leurs rapports")
    await expect(imports).to_contain_text("1 partirait maintenant", timeout=WAIT)

    await page.get_by_role("button", name="Geler", exact=True).click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Motif").fill("Demande du tribunal")
    await dialog.get_by_role("button", name="Geler", exact=True).click()
    await expect(dialog).to_be_hidden(timeout=WAIT)
    held = page.get_by_text("Toute l’organisation est gelée")
    await expect(held).to_be_visible(timeout=WAIT)
    remove = page.get_by_role("button", name="Supprimer maintenant")
    await expect(remove).to_be_disabled()
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as person:
        run = await person.post("/retention/run")
        assert run["removed"] == {}, "a hold on all stops the removal, whoever asks for it"
        await person.get(f"/imports/{import_id}")

    await page.get_by_role("button", name="Mettre fin").click()
    await dialog.get_by_label("Motif").fill("Affaire close")
    await dialog.get_by_role("button", name="Mettre fin").click()
    await expect(held).to_be_hidden(timeout=WAIT)
    await remove.click()
    await page.get_by_role("dialog").get_by_role("button", name="Supprimer maintenant").click()
    last = page.get_by_text("Imports, leurs rapports et fichiers: 1")
    await expect(last).to_be_visible(timeout=WAIT)
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as person:
        with pytest.raises(Refused) as gone:
            await person.get(f"/imports/{import_id}")
    assert gone.value.status == 404


async def _old_import(stack: Stack, folder: Path) -> str:
    """An upload that nobody went on with, two years ago."""
    file = folder / "vieux.csv"
    file.write_text("Téléphone\n0195994301\n")
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as person:
        import_id = str((await person.upload("/imports/uploads", file))["import_id"])
    assert stack.postgres is not None
    connection = await asyncpg.connect(stack.postgres.access.owner_url)
    try:
        await connection.execute(
            "UPDATE imports SET created_at = now() - interval '2 years' WHERE import_id = $1",
            import_id,
        )
    finally:
        await connection.close()
    return import_id
