"""Mail: handed to the mail server of the house by SMTP."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from sisheng.ground.channels.gateway import Outgoing, Rejected, Unreachable

TIMEOUT = 10.0  # seconds for each step; a dozen steps stay below the lease of whoever sends


@dataclass(frozen=True)
class Mail:
    """One mail server. `security` is “tls” from the first byte, “starttls”, or “none” for a relay next door."""

    host: str
    port: int
    sender: str
    security: str = "starttls"
    user: str = ""
    password: str = ""
    timeout: float = TIMEOUT

    def send(self, message: Outgoing) -> str:
        """Returns the Message-ID. SMTP knows no repeats: one that is sent twice comes twice, but under one Message-ID,
        by which many mailboxes show it once."""
        letter = self._letter(message)
        try:
            self._hand_over(letter)
        except smtplib.SMTPRecipientsRefused as refused:
            (code, words), *_others = refused.recipients.values()
            raise _no(code, words) from None
        except smtplib.SMTPDataError as refused:
            raise _no(refused.smtp_code, refused.smtp_error) from None
        except smtplib.SMTPResponseException as refused:  # of the sender or the log-in: ours to put right
            raise Unreachable(_said(refused.smtp_code, refused.smtp_error)) from None
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from None
        return str(letter["Message-ID"])

    def _letter(self, message: Outgoing) -> EmailMessage:
        name, address = parseaddr(self.sender)
        letter = EmailMessage(policy=SMTP)
        try:
            letter["From"] = Address(display_name=name, addr_spec=address)
            letter["To"] = Address(addr_spec=message.to)
            letter["Subject"] = message.subject
        except (ValueError, IndexError) as error:  # a line break in a header would begin another one
            raise Rejected(f"No header can hold this: {type(error).__name__}") from None
        letter["Date"] = format_datetime(message.at)
        letter["Message-ID"] = f"<{message.key}@{address.rpartition('@')[2]}>"
        letter["Content-Language"] = message.language
        letter["Auto-Submitted"] = "auto-generated"  # no answering machine answers it
        letter.set_content(message.text, charset="utf-8", cte="base64")
        return letter

    def _hand_over(self, letter: EmailMessage) -> None:
        server = self._connect()
        try:
            if self.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
            server.send_message(letter)
        finally:
            with suppress(smtplib.SMTPException, OSError):  # it is taken, or not: how one parts changes neither
                server.quit()

    def _connect(self) -> smtplib.SMTP:
        if self.security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=self.timeout)


def _no(code: int, words: bytes | str) -> Unreachable | Rejected:
    return (Rejected if 500 <= code < 600 else Unreachable)(_said(code, words))


def _said(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
