"""A mail server for tests: takes every mail, writes it into a Maildir before it says so, and can ask for TLS and a password.
While there is a file "hold" in the Maildir it says nothing after it took a mail; while there is one called "lose" it drops the mail besides, and leaves a file "lost".

smtp_sink.py MAILDIR [CERTIFICATE KEY [USER PASSWORD]]; prints its port once it listens.
"""
import asyncio
import os
import ssl
import sys

from aiosmtpd.smtp import AuthResult, SMTP


class Maildir:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0
        for name in ("tmp", "new", "cur"):
            os.makedirs(os.path.join(folder, name), exist_ok=True)

    async def handle_DATA(self, server, session, envelope):
        if await self.silent("lose", lambda: open(os.path.join(self.folder, "lost"), "w").close()):
            return "451 lost"
        self.count += 1
        name = "%d.%d.sink" % (os.getpid(), self.count)
        partial = os.path.join(self.folder, "tmp", name)
        with open(partial, "wb") as file:
            file.write(b"X-Envelope-From: " + envelope.mail_from.encode() + b"\n")
            file.write(b"X-Envelope-To: " + ", ".join(envelope.rcpt_tos).encode() + b"\n")
            file.write(envelope.content.replace(b"\r\n", b"\n"))
        os.rename(partial, os.path.join(self.folder, "new", name))
        await self.silent("hold", lambda: None)
        return "250 taken"

    async def silent(self, name, first):
        """Waits while a file is there; false if there is none."""
        file = os.path.join(self.folder, name)
        if not os.path.exists(file):
            return False
        first()
        while os.path.exists(file):
            await asyncio.sleep(0.01)
        return True


class Authenticator:
    def __init__(self, user, password):
        self.expected = (user.encode(), password.encode())

    def __call__(self, server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == self.expected, handled=False)


arguments = sys.argv[1:]
options = {}
if len(arguments) > 1:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(arguments[1], arguments[2])
    options = {"tls_context": context, "require_starttls": True}
if len(arguments) > 3:
    options.update(authenticator=Authenticator(arguments[3], arguments[4]), auth_required=True)


async def serve():
    loop = asyncio.get_running_loop()
    taker = Maildir(arguments[0])
    server = await loop.create_server(lambda: SMTP(taker, loop=loop, **options), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(serve())
