"""How Django renders forms: through the design system's field and form templates."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """``FORM_RENDERER`` of the project: one look for every form and field."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
