"""Files by their hash: equal bytes are kept once, and no name or path comes from outside.

is          the port `Files`, a local folder behind it, a store in memory for tests
hears       nothing
is asked    `begin`, `append`, `held`, `finish`, `put`, `read`, `has`, `drop`, `abandon`; `sniff`
says        nothing
always true what is read hashes to what was asked for; an interrupted upload goes on where it was
"""

from zhouqiao.platform.document.content.folder import FilesInFolder
from zhouqiao.platform.document.content.memory import FilesInMemory
from zhouqiao.platform.document.content.port import Files
from zhouqiao.platform.document.content.sniff import UNKNOWN, sniff

__all__ = ["UNKNOWN", "Files", "FilesInFolder", "FilesInMemory", "sniff"]
