"""Files by their hash: equal bytes are kept once, and no name or path comes from outside.

is          the port `Files` (a folder behind it, one in memory), and uploads under way
hears       nothing
is asked    `begin_upload`, `append_upload`, `finish_upload`, `keep_file`, `attach`, `file_of`,
            `files_of`, `read_file`, `drop_orphans`, `sweep`
says        FileKept
always true what is read hashes to what was asked for; an interrupted upload goes on where it was
"""

from zhouqiao.platform.document.content.folder import FilesInFolder
from zhouqiao.platform.document.content.memory import FilesInMemory
from zhouqiao.platform.document.content.port import Files
from zhouqiao.platform.document.content.service import (
    FILES,
    LIMIT,
    Accept,
    Announced,
    KeptFile,
    Upload,
    UploadId,
    append_upload,
    attach,
    begin_upload,
    drop_orphans,
    file_of,
    files_of,
    finish_upload,
    keep_file,
    read_file,
    sweep,
    upload_of,
)
from zhouqiao.platform.document.content.sniff import UNKNOWN, sniff

__all__ = [
    "FILES",
    "LIMIT",
    "UNKNOWN",
    "Accept",
    "Announced",
    "Files",
    "FilesInFolder",
    "FilesInMemory",
    "KeptFile",
    "Upload",
    "UploadId",
    "append_upload",
    "attach",
    "begin_upload",
    "drop_orphans",
    "file_of",
    "files_of",
    "finish_upload",
    "keep_file",
    "read_file",
    "sniff",
    "sweep",
    "upload_of",
]
