"""Sending one mail over SMTP. What to send and when is decided elsewhere, in rows of a table."""

import asyncio
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from urllib.parse import unquote, urlsplit

import aiosmtplib

TIMEOUT_SECONDS = 15
DEFAULT_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


class MailFailed(Exception):
    """The mail server did not take the mail; the message says why."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A plain-text mail to one person."""

    recipient: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Mailer:
    """A mail server (`smtp://`, `smtps://` or `smtp+starttls://` URL) and the sender's address."""

    url: str
    sender: str

    async def send(self, mail: Mail) -> None:
        """Hand one mail to the server; raise `MailFailed` where it refuses or cannot be reached."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, mail.recipient, mail.subject
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=self._domain)
        # Nobody's out-of-office reply comes back for it (RFC 3834; the second is what Exchange heeds).
        message["Auto-Submitted"], message["X-Auto-Response-Suppress"] = "auto-generated", "All"
        message.set_content(mail.body)
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS), _client(self.url) as client:
                await client.send_message(message)
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise MailFailed(f"{type(error).__name__}: {error}") from error

    @property
    def _domain(self) -> str:
        """The sender's, as mail servers expect of an id that is unique in the world."""
        return parseaddr(self.sender)[1].rpartition("@")[2] or "localhost"

    async def check(self) -> None:
        """Say hello to the server and leave; raise `MailFailed` where it does not answer."""
        try:
            async with _client(self.url) as client:
                await client.noop()
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise MailFailed(f"{type(error).__name__}: {error}") from error


def _client(url: str) -> aiosmtplib.SMTP:
    parts = urlsplit(url)
    return aiosmtplib.SMTP(
        hostname=parts.hostname,
        port=parts.port or DEFAULT_PORTS[parts.scheme],
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        use_tls=parts.scheme == "smtps",
        start_tls=parts.scheme == "smtp+starttls",
        timeout=TIMEOUT_SECONDS,
    )
