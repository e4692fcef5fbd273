"""How numbers, and rows chosen by typing, come out of a form."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paraph.desk.money import NotANumber, number_typed, plain_number


class NumberField(forms.CharField):
    """A number, however people type it; shown again as their language writes it."""

    def __init__(
        self,
        *,
        places: int,
        most: Decimal = Decimal(10) ** 9,
        is_price: bool = False,
        **kwargs: Any,
    ) -> None:
        """Keep at most so many decimal places, and nothing above ``most``."""
        super().__init__(**kwargs)
        self.places, self.most, self.is_price = places, most, is_price
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> Decimal:
        text = super().clean(value)
        if not text:
            return Decimal(0)
        try:
            number = number_typed(text)
        except NotANumber:
            raise forms.ValidationError(_("Write a number, like 1250.50.")) from None
        if abs(number) > self.most:
            raise forms.ValidationError(_("This number is too high."))
        return round(number, self.places)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        return plain_number(value, cents=self.is_price and value % 1 != 0)
