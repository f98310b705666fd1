"""Files by their hash: equal bytes are kept once, and no name or path comes from outside.

is          the port `Files` (a folder behind it, one in memory), and uploads under way
hears       nothing
is asked    `begin_upload`, `append_upload`, `finish_upload`, `abandon_upload`, `keep_file`,
            `attach`, `file_of`, `files_of`, `read_file`, `bared`, `drop_orphans`, `sweep`
says        FileKept
always true what is read hashes to what was asked for; an interrupted upload goes on where it was;
            a file is its bringer's until it belongs to something; it is shown bared
"""

# fmt: off
# ruff: noqa: I001 - names side by side, so that the front door fits one screen
from zhouqiao.platform.document.content.bare import Broken, bared
from zhouqiao.platform.document.content.folder import FilesInFolder
from zhouqiao.platform.document.content.memory import FilesInMemory
from zhouqiao.platform.document.content.port import Files
from zhouqiao.platform.document.content.service import (
    FILES, KEPT, LIMIT, Accept, Announced, KeptFile, Upload, UploadId, abandon_upload,
    append_upload, attach, begin_upload, drop_orphans, file_of, files_of, finish_upload,
    keep_file, read_file, sweep, upload_of,
)
from zhouqiao.platform.document.content.sniff import UNKNOWN, sniff
from zhouqiao.platform.document.errors import (
    FileTooLarge, HashMismatch, NoSuchFile, OffsetMismatch,
)

__all__ = [
    "FILES", "KEPT", "LIMIT", "UNKNOWN", "Accept", "Announced", "Broken", "FileTooLarge", "Files",
    "FilesInFolder", "FilesInMemory", "HashMismatch", "KeptFile", "NoSuchFile", "OffsetMismatch",
    "Upload", "UploadId", "abandon_upload", "append_upload", "attach", "bared", "begin_upload",
    "drop_orphans", "file_of", "files_of", "finish_upload", "keep_file", "read_file", "sniff",
    "sweep", "upload_of",
]
# fmt: on
