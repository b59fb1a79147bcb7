"""People: a user who shops, the seller they may also be, and their addresses."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField


class UserManager(BaseUserManager["User"]):
    """Makes users who sign in by e-mail address."""

    def create_user(
        self, email: str, password: str | None = None, **fields: object
    ) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields: object) -> "User":
        return self.create_user(
            email, password, is_staff=True, is_superuser=True, **fields
        )


class User(AbstractUser):
    """A person with one account, whatever they do here: buy, sell, or run the desk."""

    class Kind(models.TextChoices):
        PERSONAL = "personal", _("for myself")
        COMPANY = "company", _("for a company")

    class Verification(models.TextChoices):
        UNVERIFIED = "unverified", _("not verified")
        VERIFIED = "verified", _("verified")
        MAINLAND = "verified_cn", _("verified in mainland China")

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    country = CountryField(_("country"), default="CN")
    account_kind = models.CharField(
        _("you buy"), max_length=10, choices=Kind, default=Kind.PERSONAL
    )
    # How far it is known who this is. The desk records it; nobody sets their own.
    verification = models.CharField(
        _("identity"),
        max_length=12,
        choices=Verification,
        default=Verification.UNVERIFIED,
        editable=False,
    )
    display_currency = models.CharField(
        _("currency for prices"), max_length=3, default="CNY"
    )
    # In which mails are written; the page's language is the browser's choice.
    language = models.CharField(
        _("language of e-mails"), max_length=10, choices=settings.LANGUAGES, blank=True
    )
    # The account's own beginning; Django's date_joined reads the wall clock.
    date_joined = models.DateTimeField(  # type: ignore[assignment]
        _("joined"), null=True, editable=False
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class IdentityCheck(models.Model):
    """What the desk found out about who somebody is: each change, kept for good."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="checks"
    )
    before = models.CharField(max_length=12, choices=User.Verification)
    after = models.CharField(max_length=12, choices=User.Verification)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    # Which document was seen, or why it does not count any more; no copies of it.
    note = models.CharField(max_length=200)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Seller(models.Model):
    """A shop: the side of a user that sells."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seller"
    )
    slug = models.SlugField(unique=True)
    name_en = models.CharField(max_length=80)
    name_zh = models.CharField(max_length=80)
    about_en = models.CharField(max_length=200, blank=True)
    about_zh = models.CharField(max_length=200, blank=True)
    country = CountryField()
    # Prices of this shop are listed in this currency.
    currency = models.CharField(max_length=3)
    # What one order from this shop costs to send, in its currency's minor units.
    shipping_minor = models.PositiveBigIntegerField(default=0)
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return localized(self, "name")

    @property
    def about(self) -> str:
        return localized(self, "about")

    def get_absolute_url(self) -> str:
        return reverse("marketplace:shop", args=[self.slug])


class Address(models.Model):
    """Where a buyer wants parcels sent. Orders keep their own copy."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="addresses"
    )
    recipient = models.CharField(_("recipient"), max_length=80)
    phone = models.CharField(_("phone"), max_length=30)
    line1 = models.CharField(_("street and number"), max_length=120)
    line2 = models.CharField(_("flat, building (optional)"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=80)
    region = models.CharField(
        _("province or state (optional)"), max_length=80, blank=True
    )
    postcode = models.CharField(_("postcode"), max_length=20)
    country = CountryField(_("country"))
    used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = (models.F("used_at").desc(nulls_last=True), "-pk")

    def __str__(self) -> str:
        return ", ".join(self.lines())

    def lines(self) -> list[str]:
        """The address as it stands on a parcel, one entry a line."""
        city = " ".join(
            part for part in (self.postcode, self.city, self.region) if part
        )
        rows = (
            self.recipient,
            self.line1,
            self.line2,
            city,
            str(self.country.name),
            self.phone,
        )
        return [row for row in rows if row]


def localized(row: models.Model, field: str) -> str:
    """The Chinese or English text of a row's ``field``, by the active language."""
    suffix = "zh" if (translation.get_language() or "en").startswith("zh") else "en"
    text: str = getattr(row, f"{field}_{suffix}") or getattr(row, f"{field}_en")
    return text
