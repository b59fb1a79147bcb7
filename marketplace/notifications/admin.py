"""The desk's door to mails that have not left; what they say stays private."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from kernel import clock
from kernel.desk import ReadOnlyAdmin, act, column
from marketplace.notifications import outbox
from marketplace.notifications.models import Letter


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    """Mails in the outbox, and why one is still there."""

    list_display = ("message_id", "receiver", "written_at", "send_at", "tries", "error")
    list_select_related = ("notice__user",)
    search_fields = ("message_id", "notice__user__email")
    ordering = ("written_at",)
    actions_detail = ("send_again",)
    fields = ("message_id", "receiver", "written_at", "send_at", "tries", "error")
    readonly_fields = ("receiver",)

    @column(_("to"))
    def receiver(self, row: Letter) -> str:
        return row.notice.user.email if row.notice else ", ".join(row.to)

    def possible_acts(self, request: HttpRequest, row: Letter) -> set[str]:
        """Only what was given up is sent by hand."""
        return {"send_again"} if row.send_at is None else set()

    @act(_("Send again"), path="send-again", is_primary=True)
    def send_again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        letter: Letter = self.row_or_404(request, object_id)
        return self.act_page(
            request,
            letter,
            title=_("Send this letter again"),
            act=lambda _answers: outbox.send_again(letter=letter, at=clock.now()),
            done=_("It is sent again within the minute."),
        )
