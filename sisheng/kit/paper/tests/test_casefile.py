"""A case file shows every change, and names what was changed."""

from __future__ import annotations

import hashlib
import itertools
import json
import shutil
import subprocess
from io import BytesIO

import pypdf
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from sisheng.kit.paper.casefile import build, named_apart, verify
from sisheng.kit.paper.sealing import MARK, read_seal, sealed
from sisheng.kit.paper.signing import PublicKey, public_half
from sisheng.kit.paper.tests.papers import case_file, picture

NAMES = ("照片 1.jpg", "照片 2.jpg")
KEY = Ed25519PrivateKey.from_private_bytes(b"the key of the tests, 32 bytes..")
ANOTHER = Ed25519PrivateKey.from_private_bytes(b"the key of somebody else, 32 by.")
FILE = build(case_file("zh"), [picture(name) for name in NAMES], language="zh", key=KEY)
STRETCHES = read_seal(FILE).stretches


def flipped(at: int, bit: int = 0, file: bytes = FILE) -> bytes:
    return file[:at] + bytes([file[at] ^ 1 << bit]) + file[at + 1 :]


def told(file: bytes, trusted=None) -> set[tuple[str, str]]:
    return {(finding.part, finding.name) for finding in verify(file, trusted)}


def inside(file: bytes) -> dict[str, bytes]:
    return {one.alternative_name: one.content for one in pypdf.PdfReader(BytesIO(file)).attachment_list}


def of(kind: str, name: str | None = None):
    return [one for one in STRETCHES if one.kind == kind and name in (None, one.name)]


# What is in it


def test_a_file_that_nobody_touched_is_well():
    assert verify(FILE) == []
    assert verify(FILE, [public_half(KEY)]) == []


def test_the_originals_travel_inside_as_they_are():
    files = inside(FILE)

    assert set(files) == {*NAMES, "timeline.json", "manifest.json", "manifest.sig", "public-key.pem"}
    assert [files[name] for name in NAMES] == [picture(name).content for name in NAMES]


def test_the_signed_manifest_holds_the_digest_of_every_file():
    files = inside(FILE)
    manifest = json.loads(files["manifest.json"])

    assert {one["name"]: one["sha256"] for one in manifest["files"]} == {
        name: hashlib.sha256(files[name]).hexdigest() for name in ("timeline.json", *NAMES)
    }
    assert PublicKey.read(files["public-key.pem"].decode()).has_signed(files["manifest.json"], files["manifest.sig"])


def test_the_timeline_tells_machines_what_the_pages_tell_people():
    timeline = json.loads(inside(FILE)["timeline.json"])
    second = timeline["happenings"][1]

    assert timeline["number"] == "TS-261122-0007"
    assert (second["id"], second["at"], second["said_at"]) == (4007, "2026-11-22T09:45:00Z", "2026-11-22T09:40:00Z")
    assert timeline["limits"][0]["explanation"].endswith("24 小时。")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_tell_events_deadlines_evidence_and_the_key(language):
    file = build(case_file(language), [picture(name) for name in NAMES], language=language, key=KEY)
    said = (
        "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(file)).pages).replace("\n", "").replace(" ", "")
    )
    digest = hashlib.sha256(picture(NAMES[1]).content).hexdigest()
    case = case_file(language)

    for words in (
        *(f"{one.id}" for one in case.happenings),
        *(one.who for one in case.happenings),
        *(one.sentence for one in case.happenings),
        case.limits[0].explanation,
        case.evidence[0].custody,
        digest,
        public_half(KEY).fingerprint,
        public_half(KEY).hex,
    ):
        assert words.replace(" ", "") in said


def test_it_says_of_itself_that_it_was_compiled_as_pdf_a_3b():
    metadata = pypdf.PdfReader(BytesIO(FILE)).root_object["/Metadata"].get_data().decode()

    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata


def test_the_same_case_is_the_same_file():
    assert build(case_file("zh"), [picture(name) for name in NAMES], language="zh", key=KEY) == FILE


def test_a_case_without_events_or_evidence_has_a_file_too():
    empty = case_file("zh", attached=(), happenings=(), limits=(), facts=())

    assert verify(build(empty, [], language="zh", key=KEY)) == []


def test_evidence_without_its_attachment_is_refused():
    with pytest.raises(ValueError, match="照片 2"):
        build(case_file("zh"), [picture("照片 1.jpg")], language="zh", key=KEY)


@pytest.mark.parametrize("names", [("a.jpg", "a.jpg"), ("../a.jpg",), ("manifest.json",), ("a/b",), ("",)])
def test_attachments_have_plain_names_each_its_own(names):
    with pytest.raises(ValueError, match="named_apart"):
        build(case_file("zh", attached=()), [picture(name) for name in names], language="zh", key=KEY)

    apart = named_apart(names)
    assert verify(build(case_file("zh", attached=()), [picture(name) for name in apart], language="zh", key=KEY)) == []


@pytest.mark.parametrize(
    ("names", "apart"),
    [
        (["a.jpg", "a.jpg", "a.jpg"], ["a.jpg", "a (2).jpg", "a (3).jpg"]),
        (["照片", "照片"], ["照片", "照片 (2)"]),
        (["/etc/passwd", "C:\\\\x\\\\y.pdf"], ["passwd", "y.pdf"]),
        (["manifest.json", "a\x00\u202eb.txt", "..", ""], ["manifest (2).json", "ab.txt", "file", "file (2)"]),
    ],
)
def test_names_are_made_plain_and_kept_apart(names, apart):
    assert named_apart(names) == apart


# What is found


def test_the_stretches_leave_no_byte_out():
    assert STRETCHES[0].start == 0
    assert STRETCHES[-1].end == read_seal(FILE).length == FILE.rfind(b"\n", 0, FILE.rfind(MARK) - 1)
    assert all(one.end == after.start for one, after in itertools.pairwise(STRETCHES))
    assert {one.kind for one in STRETCHES} == {"frame", "page", "attachment", "timeline", "manifest"}


@given(st.integers(0, len(FILE) - 1), st.integers(0, 7))
@settings(max_examples=300, deadline=None)
def test_one_flipped_bit_anywhere_is_found(at, bit):
    assert verify(flipped(at, bit)) != []


@pytest.mark.parametrize("at", range(read_seal(FILE).length - 60, len(FILE), 7))
def test_one_flipped_bit_in_or_near_the_seal_is_found(at):
    assert {part for part, _name in told(flipped(at))} <= {"frame", "seal", "end", "length", "manifest"} != set()


@pytest.mark.parametrize("one", STRETCHES, ids=lambda one: f"{one.kind}-{one.start}")
def test_what_a_flipped_byte_belongs_to_is_named(one):
    for at in {one.start, (one.start + one.end) // 2, one.end - 1}:
        assert told(flipped(at)) == {(one.kind, one.name)}


@pytest.mark.parametrize("name", NAMES)
def test_an_altered_attachment_is_named(name):
    largest = max(of("attachment", name), key=lambda one: one.end - one.start)

    sentences = [finding.sentence for finding in verify(flipped(largest.start + 1000))]

    assert sentences == [f"The attachment “{name}” was altered."]


def test_an_altered_page_timeline_and_manifest_are_named_together():
    file = FILE
    for one in (of("page", "2")[0], of("timeline")[0], of("manifest", "manifest.json")[0]):
        file = flipped(one.start + 10, file=file)

    assert told(file) == {("page", "2"), ("timeline", "timeline.json"), ("manifest", "manifest.json")}


@pytest.mark.parametrize("more", [b"\n", b"%", b"\n1 0 obj\n<<>>\nendobj\n", b"%%EOF\n"])
def test_something_added_behind_is_found(more):
    assert told(FILE + more) == {("end", "")}


def test_something_added_in_the_middle_is_found_and_the_rest_is_not_blamed():
    one = of("attachment", NAMES[0])[-1]
    middle = (one.start + one.end) // 2

    assert told(FILE[:middle] + b"more" + FILE[middle:]) == {("length", ""), ("attachment", NAMES[0])}
    assert told(FILE[:middle] + FILE[middle + 3 :]) == {("length", ""), ("attachment", NAMES[0])}


@pytest.mark.parametrize("left", [0, 1, 100, 5000, len(FILE) // 2])
def test_a_file_that_was_cut_off_is_found(left):
    assert ("seal", "") in told(FILE[:left])


def test_what_is_no_case_file_is_said_to_be_none():
    assert told(b"%PDF-1.7 hello") == {("seal", ""), ("manifest", "")}


def test_a_seal_that_was_written_anew_without_the_key_does_not_fit():
    body = FILE[FILE.rfind(b'{"format":"sisheng.seal') : FILE.rfind(b"\nendstream")]
    page = of("page", "2")[0]
    file = flipped(page.start + 10)
    digest = hashlib.sha256(file[page.start : page.end]).hexdigest()

    forged = file.replace(body, body.replace(page.digest.encode(), digest.encode()))

    assert len(forged) == len(FILE)
    assert told(forged) == {("seal", "")}


def test_a_seal_that_leaves_the_end_of_the_file_out_is_not_enough(monkeypatch):
    from sisheng.kit.paper import sealing

    whole = sealing._stretches
    monkeypatch.setattr(sealing, "_stretches", lambda pdf: whole(pdf)[:-1])

    assert told(sealed(FILE[: read_seal(FILE).length], KEY)) == {("seal", "")}


def test_somebody_elses_seal_is_not_ours():
    forged = sealed(FILE[: read_seal(FILE).length], ANOTHER)

    assert told(forged, [public_half(KEY)]) == {("key", public_half(ANOTHER).fingerprint)}
    assert told(forged, []) == {("key", public_half(ANOTHER).fingerprint)}


# Saved by another program


def saved_anew(change=None) -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(FILE))
    if change:
        for one in writer.attachment_list:
            if one.alternative_name == change:
                one.content = b"another picture"
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_file_that_another_program_saved_proves_its_attachments_and_no_more():
    assert told(saved_anew(), [public_half(KEY)]) == {("seal", "")}
    assert told(saved_anew(), [public_half(ANOTHER)]) == {("seal", ""), ("key", public_half(KEY).fingerprint)}


@pytest.mark.parametrize("name", [NAMES[1], "timeline.json"])
def test_an_attachment_that_was_exchanged_on_the_way_is_named(name):
    kind = "timeline" if name == "timeline.json" else "attachment"

    assert told(saved_anew(change=name)) == {("seal", ""), (kind, name)}


def test_a_manifest_that_was_exchanged_is_named():
    assert ("manifest", "manifest.sig") not in told(saved_anew(change="manifest.sig"))
    assert ("manifest", "manifest.json") in told(saved_anew(change="manifest.sig"))


# Without this program


@pytest.mark.skipif(not (shutil.which("pdfdetach") and shutil.which("openssl")), reason="needs poppler and openssl")
def test_others_can_check_the_attachments_without_this_program(tmp_path):
    (tmp_path / "case.pdf").write_bytes(FILE)
    run = {"cwd": tmp_path, "check": True, "capture_output": True, "text": True}

    subprocess.run([shutil.which("pdfdetach"), "-saveall", "case.pdf"], **run)
    files = ["-inkey", "public-key.pem", "-in", "manifest.json", "-sigfile", "manifest.sig"]
    checked = subprocess.run([shutil.which("openssl"), "pkeyutl", "-verify", "-pubin", "-rawin", *files], **run)

    assert "Signature Verified Successfully" in checked.stdout
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf8"))
    assert len(manifest["files"]) == 3
    for one in manifest["files"]:
        assert hashlib.sha256((tmp_path / one["name"]).read_bytes()).hexdigest() == one["sha256"]


def test_many_attachments_are_all_found():
    names = [f"{number}.jpg" for number in range(1, 151)]
    file = build(case_file("zh", attached=names), [picture(name) for name in names], language="zh", key=KEY)
    seal = read_seal(file)

    assert verify(file) == []
    assert {one.name for one in seal.stretches if one.kind == "attachment"} == set(names)
