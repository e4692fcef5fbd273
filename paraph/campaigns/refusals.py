"""What a person may ask of campaigns and be refused."""

from paraph.kit.errors import Refused


class CannotSendCampaign(Refused):
    """Something still stands in the way of sending."""

    code = "cannot-send-campaign"


class CannotEditCampaign(Refused):
    """Only a draft can be changed."""

    code = "cannot-edit-campaign"


class CannotDeleteSegment(Refused):
    """A campaign still goes to this segment."""

    code = "cannot-delete-segment"


class CannotAddContacts(Refused):
    """Only fixed lists take contacts one by one."""

    code = "cannot-add-contacts"


class CannotRecordConsent(Refused):
    """They unsubscribed themselves: only they can take it back."""

    code = "cannot-record-consent"


class NoSuchSubscription(Refused):
    """The link of a message leads nowhere."""

    code = "no-such-subscription"
    status = 404
