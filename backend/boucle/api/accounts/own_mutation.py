"""Root fields with which everybody manages their own access: sessions, profile, password, tokens."""

from datetime import timedelta

import strawberry

from boucle.accounts.actions.sessions import end_session, is_known_device, sign_in
from boucle.accounts.actions.tokens import create_own_token, revoke_token
from boucle.accounts.actions.users import change_password, update_profile
from boucle.accounts.models import User as UserRow
from boucle.accounts.queries import viewer_of
from boucle.api.accounts.inputs import ApiTokenCreateInput, ProfileUpdateInput
from boucle.api.accounts.payloads import (
    ApiTokenCreatePayload,
    ApiTokenRevokePayload,
    PasswordChangePayload,
    ProfileUpdatePayload,
    SessionCreatePayload,
    SessionEndPayload,
    SessionRevokePayload,
)
from boucle.api.accounts.types import ApiToken, Session, User
from boucle.api.authentication import client_address, delete_cookie, device_of, set_cookie, set_device_cookie
from boucle.api.context import Info
from boucle.api.errors import expects
from boucle.api.guards import own_account, public, signed_in
from boucle.api.inputs import given
from boucle.api.sign_in_limits import Attempt, attempted, from_known_device, from_stranger, of_signed_in
from boucle.kit.errors import NotAllowedNow
from boucle.kit.ids import number_of
from boucle.kit.passwords import digest_secret


@strawberry.type
class OwnAccessMutation:
    @strawberry.mutation(
        extensions=[public(), expects(SessionCreatePayload)],
        description="Sign in; sets the session cookie. Refuses with SIGN_IN_FAILED, which does not tell whether the "
        "address is known, and with RATE_LIMITED after five failures for one account, and while too many sign in.",
    )
    async def session_create(self, info: Info, email: str, password: str) -> SessionCreatePayload:
        services, response = info.context.services, info.context.response
        if response is None:
            raise NotAllowedNow("A socket cannot sign in. Send `sessionCreate` as an HTTP request.")
        device = device_of(info.context.connection)
        attempt = await _attempt(email, device, info)
        async with attempted(services.attempts, attempt):
            signed_in_now = await sign_in(
                email,
                password,
                asker=attempt.asker,
                device=device,
                user_agent=info.context.connection.headers.get("user-agent", ""),
                address=client_address(info.context.connection),
                lifetime=timedelta(days=services.settings.session_days),
                now=info.context.now(),
            )
        set_cookie(response, signed_in_now.secret, services)
        set_device_cookie(response, signed_in_now.device, services)
        info.context.viewer = await viewer_of(signed_in_now.user, session_id=signed_in_now.session.id)
        return SessionCreatePayload(viewer=User.of(signed_in_now.user))

    @strawberry.mutation(
        extensions=[signed_in(), expects(SessionEndPayload)],
        description="Sign out: ends this session, its sockets and its cookie. Refuses tokens: revoke those.",
    )
    async def session_end(self, info: Info) -> SessionEndPayload:
        viewer = info.context.signed_in
        if viewer.session_id is None:
            raise NotAllowedNow("This request comes with an API token. Revoke the token with `apiTokenRevoke`.")
        await end_session(viewer, viewer.session_id, now=info.context.now())
        if info.context.response is not None:
            delete_cookie(info.context.response)
        return SessionEndPayload()

    @strawberry.mutation(
        extensions=[signed_in(), expects(SessionRevokePayload)],
        description="End a session; its sockets close at once. One's own, not by a narrowed token (FORBIDDEN); those "
        "of users whose account one manages; all others are refused with NOT_FOUND.",
    )
    async def session_revoke(self, info: Info, id: strawberry.ID) -> SessionRevokePayload:  # noqa: A002
        viewer = info.context.signed_in
        session = await end_session(viewer, number_of(id, "ses", field="id"), now=info.context.now())
        return SessionRevokePayload(session=Session.seen(session.id))

    @strawberry.mutation(
        extensions=[own_account(), expects(ProfileUpdatePayload)],
        description="Change one's own name, language or time zone. Refuses an empty name and an unknown time zone; "
        "FORBIDDEN for narrowed tokens.",
    )
    async def profile_update(
        self,
        info: Info,
        expected_version: int,
        input: ProfileUpdateInput,  # noqa: A002
    ) -> ProfileUpdatePayload:
        viewer = info.context.signed_in
        row = await UserRow.get(id=viewer.user_id)
        user = await update_profile(
            viewer,
            name=given(input.name, row.name),
            language=given(input.language, row.language),
            time_zone=given(input.time_zone, row.time_zone),
            seen_version=expected_version,
            now=info.context.now(),
        )
        return ProfileUpdatePayload(user=User.of(user))

    @strawberry.mutation(
        extensions=[own_account(), expects(PasswordChangePayload)],
        description="Change one's own password; ends all other sessions, not API tokens. Refuses a wrong current and a "
        "short new one; FORBIDDEN for narrowed tokens.",
    )
    async def password_change(self, info: Info, current: str, new: str) -> PasswordChangePayload:
        viewer = info.context.signed_in
        async with attempted(info.context.services.attempts, of_signed_in(viewer.user_id)):
            user = await change_password(viewer, current=current, new=new, now=info.context.now())
        return PasswordChangePayload(user=User.of(user))

    @strawberry.mutation(
        extensions=[signed_in(), expects(ApiTokenCreatePayload)],
        description="Create an API token of one's own. Refuses an empty name, lives outside 1 to 3650 days, and rights "
        "that one does not act with (FORBIDDEN). Made by a token, it ends with that one at the latest; by a narrowed "
        "one, it has that one's rights where none are named.",
    )
    async def api_token_create(self, info: Info, input: ApiTokenCreateInput) -> ApiTokenCreatePayload:  # noqa: A002
        created = await create_own_token(
            info.context.signed_in,
            name=input.name,
            days=input.expires_in_days,
            permissions=None if input.permissions is None else frozenset(input.permissions),
            now=info.context.now(),
        )
        return ApiTokenCreatePayload(api_token=ApiToken.of(created.token), secret=created.secret)

    @strawberry.mutation(
        extensions=[signed_in(), expects(ApiTokenRevokePayload)],
        description="End an API token at once. One's own, which a narrowed token may do for itself alone (FORBIDDEN); "
        "those of users whose account one manages; all others are refused with NOT_FOUND.",
    )
    async def api_token_revoke(self, info: Info, id: strawberry.ID) -> ApiTokenRevokePayload:  # noqa: A002
        viewer = info.context.signed_in
        token = await revoke_token(viewer, number_of(id, "tok", field="id"), now=info.context.now())
        return ApiTokenRevokePayload(api_token=ApiToken.seen(token.id))


async def _attempt(email: str, device: str | None, info: Info) -> Attempt:
    if device and await is_known_device(email, device):
        return from_known_device(email, digest_secret(device))
    return from_stranger(email, client_address(info.context.connection))
