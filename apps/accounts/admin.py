"""Accounts and posts in the administration, limited as everywhere (spec section 3).

Staff who are not superusers see the people of their own regions, give roles below their own,
and cannot touch their own account or anybody's rights. What they may do follows from their post,
not from Django's permission table: a permission given there by mistake opens nothing here.
"""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils import timezone

from apps.accounts import services, sign_ins
from apps.accounts.admin_forms import AccountForm, AssignmentForm, AssignmentFormSet, NewAccountForm
from apps.accounts.enums import Ending, Role
from apps.accounts.models import Assignment, Invitation, SecondFactor, User
from apps.accounts.queries import visible_users
from apps.accounts.reauth import confirmed_method
from apps.core.admin_search import ShortSearch
from apps.regions.models import Region

admin.site.unregister(Group)  # rights come from posts; a group could only contradict them

RIGHTS = ("is_active", "is_staff", "is_superuser")
ACCOUNT_FIELDS = ("username", "full_name", "email", "office")


def manages_accounts(request) -> bool:
    """Superusers, and staff whose post gives accounts."""
    user = request.user
    return (
        user.is_active
        and user.is_staff
        and (user.is_superuser or user.scope.has_role(Role.COORDINATOR, Role.NATIONAL))
    )


class PeoplePermissions:
    """What both pages share: nobody deletes (posts end, accounts are switched off)."""

    def has_module_permission(self, request):
        return manages_accounts(request)

    def has_view_permission(self, request, obj=None):
        return manages_accounts(request)

    def has_add_permission(self, request, obj=None):
        return manages_accounts(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404  # as on every page: outside the own regions there is nothing


class AssignmentInline(PeoplePermissions, admin.TabularInline):
    """Posts of a person: those held are shown, new ones can be given."""

    model = Assignment
    form = AssignmentForm
    formset = AssignmentFormSet
    fields = ("role", "region", "started_on", "ended_on")
    readonly_fields = ("started_on", "ended_on")
    extra = 0
    verbose_name_plural = "penugasan"

    def has_change_permission(self, request, obj=None):
        return False

    def has_add_permission(self, request, obj=None):
        return manages_accounts(request) and (
            obj is None or services.may_manage(obj, actor=request.user)
        )

    def get_queryset(self, request):
        return Assignment.objects.for_user(request.user).select_related("region")

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.actor = request.user
        return formset

    def get_min_num(self, request, obj=None, **kwargs):
        """Without a post a new account would be out of sight of the one who made it."""
        return 0 if obj or request.user.is_superuser else 1

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return region_field(self, super(), db_field, request, kwargs)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        return role_field(super(), db_field, request, kwargs)


def region_field(page, parent, db_field, request, kwargs):
    if db_field.name == "region":
        kwargs["queryset"] = Region.objects.for_user(request.user).with_pokja_level()
    if db_field.name == "user":
        kwargs["queryset"] = visible_users(request.user).exclude(pk=request.user.pk)
    return parent.formfield_for_foreignkey(db_field, request, **kwargs)


def role_field(parent, db_field, request, kwargs):
    if db_field.name == "role":
        roles = services.grantable_roles(request.user)
        kwargs["choices"] = [("", "---------")] + [(role.value, role.label) for role in roles]
    return parent.formfield_for_choice_field(db_field, request, **kwargs)


@admin.register(User)
@confirmed_method("changeform_view")
@confirmed_method("user_change_password")
class AccountAdmin(PeoplePermissions, ShortSearch, UserAdmin):
    form = AccountForm
    add_form = NewAccountForm
    inlines = (AssignmentInline,)
    list_display = (
        "username",
        "full_name",
        "office",
        "posts",
        "is_active",
        "has_second_factor",
        "last_login",
    )
    list_filter = ("is_active", "assignments__role")
    search_fields = ("username", "full_name", "email", "office")
    ordering = ("username",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")

    @admin.display(description="penugasan")
    def posts(self, user):
        held = [str(post) for post in user.assignments.all() if post.ended_on is None]
        return "; ".join(held) or "belum ada"

    @admin.display(description="dua langkah", boolean=True)
    def has_second_factor(self, user):
        return user.with_second_factor

    def get_queryset(self, request):
        factors = SecondFactor.objects.filter(user=OuterRef("pk"))
        users = visible_users(request.user).prefetch_related("assignments__region")
        return users.annotate(with_second_factor=Exists(factors))

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return manages_accounts(request)
        return manages_accounts(request) and services.may_manage(obj, actor=request.user)

    def get_fieldsets(self, request, obj=None):
        rights = RIGHTS if request.user.is_superuser else ("is_active",)
        if obj is None:
            return ((None, {"fields": (*ACCOUNT_FIELDS, "password1", "password2")}),)
        return (
            (None, {"fields": (*ACCOUNT_FIELDS, "password")}),
            ("Hak", {"fields": (*rights, "must_change_password")}),
            ("Waktu", {"fields": self.readonly_fields}),
        )

    def save_model(self, request, obj, form, change):
        before = None
        if change:
            before = services.account_facts(User.objects.get(pk=obj.pk))
        else:
            obj.must_change_password = True
        super().save_model(request, obj, form, change)
        request.audit_before = before

    def save_formset(self, request, form, formset, change):
        for item in formset.save(commit=False):
            services.give_assignment(form.instance, item.role, item.region, actor=request.user)

    def save_related(self, request, form, formsets, change):
        """The trace comes last: it names the region of the post given with the account."""
        super().save_related(request, form, formsets, change)
        if not form.instance.is_active:
            sign_ins.end_all(form.instance, Ending.SWITCHED_OFF)
        services.record_account(form.instance, actor=request.user, before=request.audit_before)

    def user_change_password(self, request, id, form_url=""):
        """Somebody else's password is for the first sign-in only."""
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            user = User.objects.get(pk=id)
            if user.pk == request.user.pk:
                services.note_password_changed(user)
            else:
                services.note_password_given(user, actor=request.user)
        return response


@admin.register(Assignment)
@confirmed_method("changeform_view")
@confirmed_method("changelist_view")
class AssignmentAdmin(PeoplePermissions, ShortSearch, admin.ModelAdmin):
    """Posts are given and ended, never rewritten: who held what and when stays readable."""

    form = AssignmentForm
    list_display = ("user", "role", "region", "started_on", "ended_on")
    list_filter = ("role", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("user", "region")
    search_fields = ("user__username", "user__full_name", "region__name")
    fields = ("user", "role", "region", "started_on", "ended_on", "until", "acting")
    readonly_fields = ("started_on", "ended_on", "until", "acting")
    actions = ("end_selected",)

    def get_queryset(self, request):
        return super().get_queryset(request).for_user(request.user)

    def has_change_permission(self, request, obj=None):
        return False

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.actor = request.user
        return form

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return region_field(self, super(), db_field, request, kwargs)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        return role_field(super(), db_field, request, kwargs)

    def save_model(self, request, obj, form, change):
        given = services.give_assignment(obj.user, obj.role, obj.region, actor=request.user)
        obj.pk, obj.started_on = given.pk, given.started_on

    @admin.action(description="Akhiri penugasan terpilih", permissions=["add"])
    def end_selected(self, request, queryset):
        ended = 0
        for assignment in queryset.select_related("user", "region"):
            try:
                services.end_assignment(assignment, actor=request.user)
                ended += 1
            except PermissionDenied as refusal:  # each on its own: the others still end
                messages.error(request, f"{assignment}: {refusal}")
        messages.success(request, f"{ended} penugasan diakhiri.")


@admin.register(Invitation)
class InvitationAdmin(PeoplePermissions, ShortSearch, admin.ModelAdmin):
    """Ways in, open and past: to read. They are made and withdrawn on the page "Akun"."""

    list_display = ("user", "purpose", "channel", "created_by", "created_at", "expires_at", "state")
    list_filter = ("purpose", "channel")
    list_select_related = ("user", "created_by")
    search_fields = ("user__username", "user__full_name")
    exclude = ("secret_hash",)
    list_per_page = 50

    def get_queryset(self, request):
        return super().get_queryset(request).filter(user__in=visible_users(request.user))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description="keadaan")
    def state(self, invitation):
        return invitation.state(timezone.now()).label
