"""One's own password (修改密码). Signing in and the second factor are the library's pages in our words."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zhifa import clock
from zhifa.accounts import services
from zhifa.accounts.access import OfficerRequest, signed_in_at_first
from zhifa.accounts.forms import PasswordForm
from zhifa.accounts.models import Person
from zhifa.law.errors import BadValue


@sensitive_post_parameters()
@signed_in_at_first
@require_http_methods(["GET", "POST"])
def password(request: OfficerRequest) -> HttpResponse:
    """Change one's own password; the first sign-in leads here and nowhere else."""
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        try:
            services.change_own_password(
                actor=request.actor,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["new"],
                at=clock.now(),
            )
        except BadValue as problem:
            form.add_problem(problem)
        else:
            update_session_auth_hash(request, Person.objects.get(pk=request.actor))
            messages.success(request, "密码已修改，其他设备上的登录已退出")
            return redirect("/desk/")
    return render(
        request, "accounts/password.html", {"form": form}, status=422 if form.is_bound else 200
    )
