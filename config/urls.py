"""Every address of the application."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import include, path
from django.views.static import serve

from config import desk, styleguide, timetravel


def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: answers without touching anything else."""
    return HttpResponse("ok", content_type="text/plain")


def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """A product picture. A production proxy may serve this folder itself."""
    try:
        return serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as no_name:
        # Longer than any file's name can be.
        raise Http404 from no_name


# The desk signs in like everybody else (and with a second factor).
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
desk.name_everything()

# No row is edited by hand at the desk, and nobody's second factor is read there.
for borrowed in (Group, EmailAddress, Authenticator):
    admin.site.unregister(borrowed)

urlpatterns = [
    path("", include("marketplace.urls")),
    path("cart/", include("marketplace.cart.urls")),
    path("prices/", include("marketplace.fx.urls")),
    path("news/", include("marketplace.notifications.urls")),
    path("me/", include("marketplace.accounts.urls")),
    path("", include("orders.urls")),
    path("sell/", include("orders.selling_urls")),
    path("pay/", include("payments.urls")),
    path("disputes/", include("escrow.disputes.urls")),
    path("desk/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("health/", include("config.health")),
    path("healthz", healthz, name="healthz"),
    path("media/<path:path>", picture),
]
if settings.METRICS:
    urlpatterns.append(path("", include("django_prometheus.urls")))
if settings.TIME_TRAVEL:
    urlpatterns.append(path("demo/", include((timetravel.urlpatterns, "demo"))))
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide.show, name="styleguide"))
