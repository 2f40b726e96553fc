"""Every kind of source against a real peer: a folder, an SFTP server, HTTP and HTTPS servers."""

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncssh
import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from http_server import listening
from kwabo.adapters.import_sources.sources import RealSources
from kwabo.adapters.system import SystemClock
from kwabo.domain.contacts.import_source import ImportSource, SourceKind
from kwabo.ports.import_sources import SourceFailed, Validators

NOW = Validators()


def sources(
    folder: Path, *, private: bool = True, tls: ssl.SSLContext | None = None
) -> RealSources:
    return RealSources(folder, SystemClock(), private_allowed=private, tls=tls)


def old(path: Path) -> Path:
    """As if nobody had written to it for a while."""
    at = path.stat().st_mtime - 3600
    os.utime(path, (at, at))
    return path


async def content(source: Any, file: Any) -> bytes:
    return b"".join([chunk async for chunk in source.read(file)])


async def failure(work: Callable[[], Any]) -> SourceFailed:
    with pytest.raises(SourceFailed) as caught:
        await work()
    return caught.value


# ── A folder ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The import folder of organisation a."""
    place = tmp_path / "imports" / "a"
    place.mkdir(parents=True)
    return place


async def test_a_folder_shows_settled_files_and_disposes_of_them(
    folder: Path, tmp_path: Path
) -> None:
    old(_written(folder / "b.csv", b"two"))
    old(_written(folder / "a.csv", b"one"))
    old(_written(folder / "note.txt", b"x"))
    _written(folder / "unfinished.csv", b"x")
    async with sources(tmp_path / "imports").connected(
        ImportSource(), secret=None, organisation="a", known=NOW
    ) as source:
        files = await source.files()
        assert [file.name for file in files] == ["a.csv", "b.csv"]
        assert await content(source, files[0]) == b"one"
        await source.move(files[0])
        await source.move(files[0])  # again: it is gone, and that is no failure
        await source.delete(files[1])
        old(_written(folder / "a.csv", b"three"))
        await source.move((await source.files())[0])
    assert sorted(p.name for p in (folder / "done").iterdir()) == ["a (2).csv", "a.csv"]
    assert not (folder / "b.csv").exists()


def _written(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path


async def test_nothing_leads_out_of_the_organisations_folder(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "imports" / "b"
    other.mkdir()
    old(_written(other / "secret.csv", b"x"))
    (folder / "link").symlink_to(other)
    (folder / "link.csv").symlink_to(other / "secret.csv")
    all_sources = sources(tmp_path / "imports")
    async with all_sources.connected(
        ImportSource(), secret=None, organisation="a", known=NOW
    ) as source:
        assert await source.files() == []
    async with all_sources.connected(
        ImportSource(path="link"), secret=None, organisation="a", known=NOW
    ) as source:
        assert (await failure(source.files)).code == "SOURCE_PATH"
    async with all_sources.connected(
        ImportSource(path="missing"), secret=None, organisation="a", known=NOW
    ) as source:
        assert (await failure(source.files)).code == "SOURCE_FOLDER_MISSING"


# ── SFTP ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class SftpServer:
    """A real one, in this process."""

    source: ImportSource
    folder: Path
    key: str  # of the client


class _Server(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("kwabo", "geheim ü")


@pytest.fixture
async def sftp(tmp_path: Path) -> AsyncIterator[SftpServer]:
    """Its user sees `folder` as `/out`."""
    folder = tmp_path / "sftp" / "out"
    folder.mkdir(parents=True)
    host_key = asyncssh.generate_private_key("ssh-ed25519")
    client_key = asyncssh.generate_private_key("ssh-ed25519")
    authorised = asyncssh.import_authorized_keys(client_key.export_public_key().decode())
    server = await asyncssh.listen(
        "127.0.0.1",
        0,
        server_factory=_Server,
        server_host_keys=[host_key],
        authorized_client_keys=authorised,
        sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(folder.parent)),
    )
    source = ImportSource(
        kind=SourceKind.SFTP,
        host="127.0.0.1",
        port=server.get_port(),
        user="kwabo",
        sign_in="password",
        path="/out",
        host_key=host_key.get_fingerprint(),
    )
    yield SftpServer(source, folder, client_key.export_private_key().decode())
    server.close()
    await server.wait_closed()


@pytest.mark.parametrize("sign_in", ["password", "key"])
async def test_sftp_lists_reads_moves_and_deletes(
    sftp: SftpServer, tmp_path: Path, sign_in: str
) -> None:
    big = os.urandom(700_000)
    old(_written(sftp.folder / "a.csv", big))
    old(_written(sftp.folder / "b.csv", b"two"))
    old(_written(sftp.folder / "c.txt", b"x"))
    _written(sftp.folder / "unfinished.csv", b"x")
    (sftp.folder / "d.csv").mkdir()
    secret = "geheim ü" if sign_in == "password" else sftp.key
    async with sources(tmp_path).connected(
        replace(sftp.source, sign_in=sign_in), secret=secret, organisation="a", known=NOW
    ) as source:
        files = await source.files()
        assert [(f.name, f.size) for f in files] == [("a.csv", 700_000), ("b.csv", 3)]
        assert await content(source, files[0]) == big
        await source.move(files[0])
        await source.move(files[0])
        await source.delete(files[1])
        await source.delete(files[1])
    assert (sftp.folder / "done" / "a.csv").read_bytes() == big
    assert not (sftp.folder / "b.csv").exists()


async def test_sftp_refusals(sftp: SftpServer, tmp_path: Path) -> None:
    every = sources(tmp_path)

    async def code(source: ImportSource, secret: str | None = "geheim ü") -> str:
        async def look() -> None:
            async with every.connected(
                source, secret=secret, organisation="a", known=NOW
            ) as connected:
                await connected.files()

        return (await failure(look)).code

    assert await code(sftp.source, "falsch") == "SOURCE_SIGN_IN_REFUSED"
    assert await code(replace(sftp.source, host_key="")) == "SOURCE_HOST_KEY_UNKNOWN"
    changed = replace(sftp.source, host_key="SHA256:" + "a" * 43)
    assert await code(changed) == "SOURCE_HOST_KEY_CHANGED"
    assert await code(replace(sftp.source, sign_in="key"), "no key") == "SOURCE_KEY_UNREADABLE"
    assert await code(replace(sftp.source, path="/nowhere")) == "SOURCE_FOLDER_MISSING"
    assert await code(replace(sftp.source, port=1)) == "SOURCE_UNREACHABLE"
    assert await code(replace(sftp.source, host="no.such.invalid")) == "SOURCE_HOST_UNKNOWN"
    assert await every.host_key_of(sftp.source) == sftp.source.host_key
    guarded = sources(tmp_path, private=False)
    refused = await failure(lambda: guarded.host_key_of(sftp.source))
    assert refused.code == "SOURCE_ADDRESS_PRIVATE"


# ── HTTP and HTTPS ───────────────────────────────────────────────────────────────────────────────


@dataclass
class WebServer:
    """A real one; `asked` are the headers of each request."""

    base: str
    asked: list[dict[str, str]] = field(default_factory=list)
    etag: str = '"1"'
    body: bytes = b"tel\n97123456\n"


@asynccontextmanager
async def web_server(tls: ssl.SSLContext | None = None) -> AsyncIterator[WebServer]:
    server = WebServer("")

    async def liste(request: web.Request) -> web.StreamResponse:
        server.asked.append(dict(request.headers))
        if request.headers.get("If-None-Match") == server.etag:
            return web.Response(status=304)
        return web.Response(body=server.body, headers={"ETag": server.etag})

    async def onward(request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(request.query["to"])

    async def broken(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Length": "1000"})
        await answer.prepare(request)
        await answer.write(b"x" * 10)
        assert request.transport is not None
        request.transport.abort()
        return answer

    async def packed(request: web.Request) -> web.StreamResponse:
        return web.Response(body=b"x", headers={"Content-Encoding": "gzip"})

    application = web.Application()
    application.router.add_get("/liste é.csv", liste)
    application.router.add_get("/onward", onward)
    application.router.add_get("/broken.csv", broken)
    application.router.add_get("/packed.csv", packed)
    async with listening(application, tls=tls) as port:
        server.base = f"{'https' if tls else 'http'}://localhost:{port}"
        yield server


def authority(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Contexts of a server named localhost, and of clients that trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "tls.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(path)
    client = ssl.create_default_context()
    client.load_verify_locations(
        cadata=certificate.public_bytes(serialization.Encoding.PEM).decode()
    )
    return server, client


def at(base: str, path: str = "/liste%20é.csv", **part: Any) -> ImportSource:
    return ImportSource(kind=SourceKind.HTTPS, url=base + path, **part)


async def test_https_fetches_once_and_asks_whether_it_has_changed(tmp_path: Path) -> None:
    server_tls, client_tls = authority(tmp_path)
    async with web_server(server_tls) as server:
        every = sources(tmp_path, tls=client_tls)
        source = at(server.base, sign_in="token")
        async with every.connected(
            source, secret="geheim", organisation="a", known=NOW
        ) as connected:
            (file,) = await connected.files()
            assert file.name == "liste é.csv"
            assert await content(connected, file) == server.body
            known = connected.validators
        assert server.asked[0]["Authorization"] == "Bearer geheim"
        assert server.asked[0]["Accept-Encoding"] == "identity"
        async with every.connected(
            source, secret="geheim", organisation="a", known=known
        ) as connected:
            assert await connected.files() == []
        server.etag = '"2"'
        async with every.connected(
            source, secret="geheim", organisation="a", known=known
        ) as connected:
            assert len(await connected.files()) == 1
            assert connected.validators.etag == '"2"'

        async def untrusting() -> None:
            async with sources(tmp_path).connected(
                source, secret="geheim", organisation="a", known=NOW
            ) as connected:
                await connected.files()

        assert (await failure(untrusting)).code == "SOURCE_UNREACHABLE"


async def test_a_redirect_gets_no_secret_and_leads_to_no_forbidden_place(tmp_path: Path) -> None:
    async with web_server() as server, web_server() as other:

        async def look(path: str, *, private: bool = True) -> str:
            async with sources(tmp_path, private=private).connected(
                at(server.base, path, sign_in="password", user="u"),
                secret="geheim",
                organisation="a",
                known=NOW,
            ) as connected:
                files = await connected.files()
                async for _ in connected.read(files[0]):
                    pass
                return files[0].name

        await look(f"/onward?to={other.base}/liste%2520é.csv")
        assert "Authorization" not in other.asked[0]
        assert (await failure(lambda: look("/onward?to=file:///etc/passwd"))).code == (
            "SOURCE_REDIRECT"
        )
        assert (
            await failure(lambda: look(f"/onward?to={server.base}/onward?to=/onward"))
        ).code in (
            "SOURCE_STATUS",
            "SOURCE_REDIRECT",
        )
        assert (await failure(lambda: look("/none.csv"))).code == "SOURCE_STATUS"
        assert (await failure(lambda: look("/broken.csv"))).code == "SOURCE_BROKEN_OFF"
        assert (await failure(lambda: look("/packed.csv"))).code == "SOURCE_ENCODED"
        assert (await failure(lambda: look("/x", private=False))).code == "SOURCE_ADDRESS_PRIVATE"


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1:1/x",
        "https://[::1]:1/x",
        "https://[::ffff:10.0.0.1]/x",
        "https://localhost:1/x",
        "https://169.254.169.254/latest/meta-data",
        "https://2130706433/x",
        "https://0x7f000001/x",
        "https://0177.0.0.1/x",
    ],
)
async def test_no_way_into_the_servers_own_network(tmp_path: Path, url: str) -> None:
    async def look() -> None:
        async with sources(tmp_path, private=False).connected(
            ImportSource(kind=SourceKind.HTTPS, url=url),
            secret=None,
            organisation="a",
            known=NOW,
        ) as connected:
            await asyncio.wait_for(connected.files(), 20)

    assert (await failure(look)).code in ("SOURCE_ADDRESS_PRIVATE", "SOURCE_HOST_UNKNOWN")
