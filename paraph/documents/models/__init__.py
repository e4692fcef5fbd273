"""The tables of documents: files and their revisions, templates, numbers, what was generated."""

from .files import Document as Document
from .files import Documents as Documents
from .files import DocumentSource as DocumentSource
from .files import Revision as Revision
from .files import RevisionKind as RevisionKind
from .generated import Generated as Generated
from .numbers import IssuedNumber as IssuedNumber
from .numbers import Reset as Reset
from .numbers import Series as Series
from .templates import DocumentClass as DocumentClass
from .templates import Template as Template
from .templates import TemplateKind as TemplateKind
from .templates import Templates as Templates
from .templates import TemplateVersion as TemplateVersion
