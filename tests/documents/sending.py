"""A browser that uploads by parts, as far as the portal can tell."""

import base64

from tests.makers import pdf_bytes

CONTENT = pdf_bytes(pages=2)
SIZE = len(CONTENT)


def coded(text):
    return base64.b64encode(str(text).encode()).decode()


class Sender:
    """A browser that uploads, as far as the portal can tell."""

    def __init__(self, client, region):
        self.client, self.region = client, region

    def announce(self, size=SIZE, name="SK Pokja.pdf", region=None, **headers):
        words = f"filename {coded(name)},region {coded(region or self.region.pk)}"
        headers = {
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(size),
            "Upload-Metadata": words,
        } | headers
        return self.client.post("/unggah/", headers=headers)

    def patch(self, address, offset, body, content_type="application/offset+octet-stream", **extra):
        return self.client.patch(
            address, body, content_type, headers={"Upload-Offset": str(offset)} | extra
        )

    def sent(self, content=CONTENT, name="SK Pokja.pdf"):
        """The address of a whole upload."""
        address = self.announce(len(content), name)["Location"]
        assert self.patch(address, 0, content).status_code == 204
        return address

    def finish(self, *addresses, what="Berkas SK"):
        codes = [address.rstrip("/").rsplit("/", 1)[-1] for address in addresses]
        return self.client.post("/unggah/selesai/", {"unggahan": codes, "apa": what})


def stored(media_root):
    return [path for path in media_root.rglob("*") if path.is_file()]


def parts(media_root):
    return [path for path in stored(media_root) if "sementara" in path.parts]


def refusal(answer):
    return answer.status_code, answer.json()["pesan"]
