"""What happens to deals, and to the pipelines they stand in."""

from dataclasses import dataclass

from paraph.journal import Event


@dataclass(frozen=True)
class DealCreated(Event):
    """Somebody may buy something."""

    name = "deal.created"
    deal_id: int
    title: str
    company_id: int | None = None
    contact_id: int | None = None


@dataclass(frozen=True)
class DealEdited(Event):
    """Fields of a deal changed; each with its value before and after."""

    name = "deal.edited"
    deal_id: int
    changes: dict[str, list[str]]


@dataclass(frozen=True)
class DealHandedOver(Event):
    """Somebody else is responsible now."""

    name = "deal.handed-over"
    deal_id: int
    before: str
    after: str


@dataclass(frozen=True)
class DealMoved(Event):
    """The deal stands in another stage."""

    name = "deal.moved"
    deal_id: int
    before: str
    after: str


@dataclass(frozen=True)
class DealWon(Event):
    """The client buys."""

    name = "deal.won"
    deal_id: int
    title: str
    company_id: int | None = None
    contact_id: int | None = None


@dataclass(frozen=True)
class DealLost(Event):
    """The client does not buy."""

    name = "deal.lost"
    deal_id: int
    title: str
    company_id: int | None = None
    contact_id: int | None = None


@dataclass(frozen=True)
class DealReopened(Event):
    """A deal that had ended is worked on again."""

    name = "deal.reopened"
    deal_id: int
    title: str


@dataclass(frozen=True)
class DealCommented(Event):
    """Somebody wrote a remark beside the deal."""

    name = "deal.commented"
    deal_id: int
    text: str


@dataclass(frozen=True)
class OutcomeExplained(Event):
    """Somebody wrote down why the deal was won or lost."""

    name = "deal.explained"
    deal_id: int
    reason: str


@dataclass(frozen=True)
class ProductRowsChanged(Event):
    """Other products, quantities or prices: the totals before and after."""

    name = "deal.rows-changed"
    deal_id: int
    rows: int
    before: str
    after: str
    currency: str


@dataclass(frozen=True)
class DealPersonAdded(Event):
    """One more person of the client takes part."""

    name = "deal.person-added"
    deal_id: int
    contact_id: int
    title: str
    full_name: str


@dataclass(frozen=True)
class DealPersonRemoved(Event):
    """A person of the client takes no part any more."""

    name = "deal.person-removed"
    deal_id: int
    contact_id: int
    title: str
    full_name: str


@dataclass(frozen=True)
class DealDeleted(Event):
    """A deal was thrown away."""

    name = "deal.deleted"
    deal_id: int
    title: str


@dataclass(frozen=True)
class PipelineMade(Event):
    """There is one more way for deals to go."""

    name = "pipeline.made"
    pipeline_id: int
    title: str
    stages: list[str]


@dataclass(frozen=True)
class PipelineChanged(Event):
    """A pipeline has another name or another place, or one of its stages has."""

    name = "pipeline.changed"
    pipeline_id: int
    changes: dict[str, list[str]]


@dataclass(frozen=True)
class PipelineDeleted(Event):
    """A pipeline without deals was thrown away."""

    name = "pipeline.deleted"
    pipeline_id: int
    title: str


@dataclass(frozen=True)
class StageAdded(Event):
    """A pipeline has one more stage."""

    name = "pipeline.stage-added"
    pipeline_id: int
    title: str


@dataclass(frozen=True)
class StageRemoved(Event):
    """A pipeline has one stage less; its deals moved into another."""

    name = "pipeline.stage-removed"
    pipeline_id: int
    title: str
    heir: str
    deals: int


@dataclass(frozen=True)
class DealsExported(Event):
    """Somebody took deals out of the house, in a file."""

    name = "deals.exported"
    rows: int
    format: str
