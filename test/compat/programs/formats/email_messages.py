from email import message_from_string, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formataddr, parseaddr, parsedate_to_datetime

message = EmailMessage()
message["Subject"] = "Grüße aus Köln"
message["From"] = Address("Ada Lovelace", "ada", "example.org")
message["To"] = "bob@example.org, Cid <cid@example.org>"
message.set_content("Plain text\n")
message.add_alternative("<p>HTML</p>", subtype="html")
message.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream", filename="data.bin")
print([part.get_content_type() for part in message.walk()])
print(message["to"].addresses[1].username, message.get_body(("plain",)).get_content().strip())
parsed = message_from_string("Subject: =?utf-8?q?Caf=C3=A9?=\nX-A: 1\n\nbody\n", policy=policy.default)
print(parsed["subject"], parsed.get_content().strip(), parsed.keys())
print(parseaddr("Joe <joe@x.org>"), formataddr(("A, B", "a@b.c")), parsedate_to_datetime("Mon, 20 Nov 1995 19:12:08 -0500"))
