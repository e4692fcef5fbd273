"""The background work of signing; each module is read at start, so that its jobs are known."""

from . import auditing as auditing
from . import deadlines as deadlines
from . import lasting as lasting
from . import leaving as leaving
from . import sealing as sealing
from . import stamping as stamping
from . import watching as watching
