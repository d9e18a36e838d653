/** One entry per error code: the HTTP status, what happened, and what to do about it. */
type ErrorEntry = { status: number; message: string; hint: string };

/** The catalogue of error codes. `docs/errors.md` is made from it. */
export const errorCatalogue = {
  'guard.invalid_input': {
    status: 400,
    message: 'The request is not as it should be.',
    hint: '`data.issues` names each field at fault and what it takes.',
  },
  'request.invalid_input': {
    status: 400,
    message: 'The request lacks something that the settings ask for.',
    hint: '`data.message` says what.',
  },
  'guard.body_too_large': {
    status: 413,
    message: 'The request body is too large.',
    hint: 'Send less: operations before a sign-in take 32 kB, those of the Account API 128 kB, others 256 kB, and imports of users 10 MB.',
  },
  'request.too_broad': {
    status: 422,
    message: 'This looks through more than it may at once.',
    hint: 'Narrow it down: by a time (`from`, `until`), by a whole number, by the beginning of a name. A page that is far down is found at once by the cursor of the page before, as `after`.',
  },
  'guard.unsupported_media_type': {
    status: 415,
    message: 'The content type of the request is not supported.',
    hint: 'Send JSON with `Content-Type: application/json`; to import users, lines of JSON with `application/x-ndjson`.',
  },
  'phone.cannot_receive_sms': {
    status: 400,
    message: 'No SMS reaches this kind of number.',
    hint: 'Give the number of a mobile phone. Toll-free, premium-rate, shared-cost, company-wide, personal, pager, voicemail, satellite and international numbers take no codes.',
  },
  'phone.country_not_served': {
    status: 400,
    message: 'No codes are sent to numbers of this country.',
    hint: 'Give a number of another country, or take another way in: email, a password. `data.country` names it; an administrator opens it with `fraudPolicy.countries` of the sign-in experience.',
  },
  'fraud_policy.list_full': {
    status: 422,
    message: 'The list is full.',
    hint: 'A list of numbers, ranges or networks that always or never pass has 1,000 entries at most. Take some off, or name a shorter range.',
  },
  'auth.unauthorized': {
    status: 401,
    message: 'The request carries no valid proof of who is calling.',
    hint: 'Get an access token for the Management API at `/oidc/token`, for a machine-to-machine application whose `isAdmin` is true, and send it as `Authorization: Bearer …`, or sign in to the Console. The Account API takes the token of a user; where that lacks a scope (status 400), ask for `data.scope` as well when signing in.',
  },
  'account_center.not_enabled': {
    status: 400,
    message: 'Users cannot see or change their account here.',
    hint: '`PATCH /api/account-center` with `enabled` switches that on.',
  },
  'account_center.field_not_enabled': {
    status: 400,
    message: 'Users do not see this of their account.',
    hint: '`data.field` names it; `PATCH /api/account-center` with `fields` switches it on.',
  },
  'account_center.field_not_editable': {
    status: 400,
    message: 'Users cannot change this of their account.',
    hint: '`data.field` names it; `PATCH /api/account-center` with `fields` switches it on.',
  },
  'auth.forbidden': {
    status: 403,
    message: 'The caller is not allowed to do this.',
    hint: 'Ask for one of `data.requiredScopes` when getting the access token for the Management API (`all` opens everything); an owner can give an application more of them as `managementScopes`. Ask for `openid` when signing a user in. An administrator needs the role in `data.requiredRole`, which an owner can give. With the cookie of the Console, a change needs the header `X-Sesame-Console: 1` and has to come from the Console itself.',
  },
  'entity.not_found': { status: 404, message: 'There is no such thing.', hint: 'Check the path and the id.' },
  'entity.not_exists_with_id': {
    status: 404,
    message: 'There is nothing with this id.',
    hint: 'Check the id; the list names those that there are.',
  },
  'entity.invalid_input': {
    status: 422,
    message: 'There is nothing to change.',
    hint: 'Name at least one field.',
  },
  'entity.id_in_use': {
    status: 422,
    message: 'The id is already in use.',
    hint: 'Choose another id, or leave it out.',
  },
  'connector.not_found': {
    status: 501,
    message: 'No connector is set up for this channel.',
    hint: 'Set one up with `POST /api/connectors` or in the Console under Connectors. `data.type` is the channel, `Sms` or `Email`. Where `data.notConfigured` names one, it only lacks its configuration: `PATCH /api/connectors/:id` with `config`.',
  },
  'connector.not_found_with_connector_id': {
    status: 422,
    message: 'There is no connector factory with this id.',
    hint: '`GET /api/connector-factories` lists those that can be set up.',
  },
  'connector.unexpected_type': {
    status: 400,
    message: 'The connector does not reach this kind of recipient.',
    hint: '`data.type` says what it sends: give `phone` for `Sms`, and `email` for `Email`.',
  },
  'connector.conflict': {
    status: 409,
    message: 'Somebody else has changed the connector in the meantime.',
    hint: 'Look at what is live now (`data.liveConnectorId`), and decide again.',
  },
  'connector.invalid_config': {
    status: 400,
    message: 'The connector configuration is not accepted.',
    hint: '`data.issues` names the fields at fault; otherwise `data.providerMessage` holds the words of the provider.',
  },
  'connector.general': {
    status: 400,
    message: 'The provider did not accept the message.',
    hint: '`data.kind` says whose problem it is; `data.providerCode` and `data.providerMessage` are the provider’s own.',
  },
  'connector.invalid_response': {
    status: 502,
    message: 'The provider gave an answer that could not be read.',
    hint: 'The message may or may not have been sent. Check the endpoint of the connector and the provider’s status page.',
  },
  'connector.rate_limit_exceeded': {
    status: 400,
    message: 'The provider is limiting messages.',
    hint: 'Wait as long as `data.retryAfterSeconds` says, or raise the limit at the provider.',
  },
  'connector.undelivered': {
    status: 502,
    message: 'The provider reports that the message was not delivered.',
    hint: 'What it says is in `error` of the message: `kind` says whose problem it is, `providerCode` and `providerMessage` are the provider’s own.',
  },
  'connector.template_not_found': {
    status: 400,
    message: 'The connector has no template for this usage type.',
    hint: 'Add a template for it, or one for Generic.',
  },
  'connector.email_connector.bulk_deletion_no_filter': {
    status: 422,
    message: 'This would delete every template.',
    hint: 'Say which: `languageTag`, `templateType`, or both.',
  },
  'verification_code.not_found': {
    status: 400,
    message: 'No verification code is pending for this number or address.',
    hint: 'Send a new code.',
  },
  'verification_code.code_mismatch': {
    status: 400,
    message: 'Invalid verification code.',
    hint: 'Check the code and try again; `data.triesLeft` says how often.',
  },
  'verification_code.expired': {
    status: 400,
    message: 'The verification code has expired.',
    hint: 'Send a new code.',
  },
  'verification_code.exceed_max_try': {
    status: 400,
    message: 'The verification code was tried too often.',
    hint: 'Send a new code.',
  },
  'verification_code.phone_mismatch': {
    status: 400,
    message: 'The verification code was sent to another number.',
    hint: 'Verify the number that the code was sent to.',
  },
  'verification_code.email_mismatch': {
    status: 400,
    message: 'The verification code was sent to another address.',
    hint: 'Verify the address that the code was sent to.',
  },
  'session.verification_blocked_too_many_attempts': {
    status: 400,
    message: 'There were too many wrong codes for this number, address or account.',
    hint: 'Wait as long as `Retry-After` says. Where `data.locked` is true, a right code from a browser that has signed in before ends it, or an administrator who unlocks the number.',
  },
  'request.sending_paused': {
    status: 429,
    message: 'Codes to this range of numbers are paused.',
    hint: 'Try again after the time in `Retry-After`, or take another way in: email, a password. So many codes were asked for and not typed in that it looks like fraud; an administrator can let a range or a network pass with `fraudPolicy.always` of the sign-in experience.',
  },
  'request.message_rate_limited': {
    status: 429,
    message: 'Too many messages were asked for.',
    hint: 'Try again after the time in `Retry-After`.',
  },
  'session.not_found': {
    status: 400,
    message: 'This sign-in has ended, or belongs to another browser.',
    hint: 'Go back to the application and start again.',
  },
  'session.captcha_required': {
    status: 422,
    message: 'A check is needed that a person is there.',
    hint: 'Get what it asks with `GET /api/experience/captcha`, and send the answer as `captchaToken` with `PUT /api/experience`. A check that was passed is good for one interaction and five messages.',
  },
  'session.captcha_failed': {
    status: 422,
    message: 'The check that a person is there was not passed.',
    hint: '`data.reason`: `wrong`, `used` (answers count once and not for long), `elsewhere` (answered on a host that `hostnames` of the provider does not name, or for another purpose), `waiting` (as long as `Retry-After` says) or `unavailable` (the provider does not answer or refuses the keys; the log says which). Ask anew.',
  },
  'hook.missing_events': {
    status: 400,
    message: 'A webhook needs an event.',
    hint: 'Give one or more as `events`.',
  },
  'hook.too_many': {
    status: 422,
    message: 'There are 32 webhooks already.',
    hint: 'Delete one first; one webhook may be told of many events.',
  },
  'hook.private_target': {
    status: 422,
    message: 'The address of the webhook is on no public network.',
    hint: 'Give one on the public internet, or let webhooks reach private networks with `SESAME_PRIVATE_WEBHOOKS=allow`.',
  },
  'hook.send_test_payload_failed': {
    status: 422,
    message: 'The example got no answer from the address of the webhook.',
    hint: '`data.message` says why.',
  },
  'hook.endpoint_responded_with_error': {
    status: 422,
    message: 'The receiver did not take the example.',
    hint: '`data.responseStatus` and `data.responseBody` are what it answered; anything from 200 to 299 takes it.',
  },
  'test_number.expiry_required': {
    status: 422,
    message: 'On a server in production a test number needs an end.',
    hint: 'Give `expiresAt`, in milliseconds since the epoch. A server counts as one in production where its public URL is https.',
  },
  'test_number.expiry_past': {
    status: 422,
    message: 'The end of the test number is in the past.',
    hint: 'Give a time to come as `expiresAt`, in milliseconds since the epoch.',
  },
  'test_number.code_length': {
    status: 422,
    message: 'The code of a test number has as many digits as other codes.',
    hint: '`data.codeLength` says how many. `verificationCodePolicy.codeLength` under Sign-in experience sets it.',
  },
  'test_number.too_many': {
    status: 422,
    message: 'There are 100 test numbers already.',
    hint: 'Delete one first.',
  },
  'session.verification_session_not_found': {
    status: 404,
    message: 'There is no such verification in this session.',
    hint: 'Send a new code, and use the id that comes with it.',
  },
  'session.verification_failed': {
    status: 400,
    message: 'The verification is not complete, or too old.',
    hint: 'Verify the code or the password first; a verification is good for ten minutes.',
  },
  'session.invalid_interaction_type': {
    status: 400,
    message: 'This is not possible in the current interaction.',
    hint: '`PUT /api/experience/interaction-event` changes the interaction.',
  },
  'session.not_supported_for_forgot_password': {
    status: 400,
    message: 'A forgotten password is replaced in an interaction of its own.',
    hint: '`PUT /api/experience` begins one; it is identified by a code to the number (status 422 for anything else), and ends with `PUT /api/experience/profile/password` and `POST /api/experience/submit`.',
  },
  'session.identifier_not_found': {
    status: 404,
    message: 'It is not known yet whose session this is.',
    hint: 'Call `POST /api/experience/identification` with a complete verification first.',
  },
  'session.mfa.require_mfa_verification': {
    status: 403,
    message: 'This sign-in asks for a second code.',
    hint: '`data.availableFactors` names what it may be. Send it with `POST /api/experience/verification/mfa-verification-code`, verify it, and submit again; for `Totp`, verify one with `POST /api/experience/verification/totp/verify`, for `BackupCode` with `POST /api/experience/verification/backup-code/verify`.',
  },
  'session.mfa.backup_code_required': {
    status: 422,
    message: 'This account has no backup codes left.',
    hint: 'Make some with `POST /api/experience/verification/backup-code/generate`, show them, add them with `POST /api/experience/profile/mfa` (`type` is `BackupCode`), and submit again.',
  },
  'session.mfa.backup_code_can_not_be_alone': {
    status: 422,
    message: 'Backup codes stand in for a second code, and this account gets none.',
    hint: 'Give the account a number or an address that second codes go to, or an authenticator app (`mfa.factors` of the sign-in experience), and switch the second step on.',
  },
  'session.mfa.invalid_backup_code': {
    status: 400,
    message: 'This is no backup code of the account, or it was used already.',
    hint: 'Take another one of the ten, or have a code sent.',
  },
  'session.mfa.invalid_totp_code': {
    status: 400,
    message: 'This is no code of the authenticator app just now, or it was used already.',
    hint: 'Enter the one that the app shows now. Where its codes are never right, set the clock of the phone.',
  },
  'session.mfa.mfa_factor_not_enabled': {
    status: 400,
    message: 'The account gets no second code this way.',
    hint: 'Take one of `data.availableFactors` of the refusal that asked for it; `mfa.factors` of the sign-in experience lists what is switched on.',
  },
  'session.invalid_credentials': {
    status: 422,
    message: 'The username, the number or the password is wrong.',
    hint: 'Check both and try again.',
  },
  'session.code_required': {
    status: 422,
    message: 'This administrator signs in with two steps.',
    hint: 'Send `code` too: the six digits of the authenticator app, or a recovery code.',
  },
  'session.invalid_code': {
    status: 422,
    message: 'The code is wrong, or was used already.',
    hint: 'Wait for the next code of the authenticator app and check the clock of the device, or use a recovery code.',
  },
  'request.sign_in_rate_limited': {
    status: 429,
    message: 'There were too many attempts.',
    hint: 'Try again after the time in `Retry-After`.',
  },
  'oidc.key_required': {
    status: 422,
    message: 'This key is the one that signs.',
    hint: 'Rotate the keys first; then the old one can be deleted.',
  },
  'resource.resource_identifier_in_use': {
    status: 422,
    message: 'The API identifier is already in use.',
    hint: '`data.indicator` belongs to another resource, or to the Management API. Choose another one.',
  },
  'resource.cannot_modify_management_api': {
    status: 400,
    message: 'The Management API and its scopes stay as they are.',
    hint: 'Create a resource of your own for your API.',
  },
  'resource.cannot_delete_management_api': {
    status: 400,
    message: 'The Management API cannot be deleted.',
    hint: 'Delete the applications that are not to call it.',
  },
  'scope.name_exists': {
    status: 422,
    message: 'The scope name is already in use.',
    hint: 'Another scope of this resource is called `data.name`. Choose another name.',
  },
  'scope.name_with_space': {
    status: 400,
    message: 'The name of the scope cannot contain any spaces.',
    hint: 'Applications ask for scopes in one text, with spaces between them. Use `:`, `.` or `-` instead.',
  },
  'administrator.cannot_delete_self': {
    status: 422,
    message: 'Administrators cannot delete themselves, so that there is always one.',
    hint: 'Create another administrator, who can then delete this one.',
  },
  'administrator.last_owner': {
    status: 422,
    message: 'This is the only owner, and there always is one.',
    hint: 'Make another administrator an owner first.',
  },
  'administrator.two_step_already_on': {
    status: 422,
    message: 'Two-step sign-in is on already.',
    hint: 'Turn it off first to set up another authenticator app.',
  },
  'administrator.two_step_not_begun': {
    status: 422,
    message: 'No authenticator app is being set up.',
    hint: 'Get a secret with `POST /api/console/two-step` first.',
  },
  'administrator.two_step_off': {
    status: 422,
    message: 'Two-step sign-in is off.',
    hint: 'Set up an authenticator app first.',
  },
  'user.username_already_in_use': {
    status: 422,
    message: 'This username is already in use.',
    hint: 'Choose another username.',
  },
  'user.phone_already_in_use': {
    status: 422,
    message: 'This phone number is associated with an existing account.',
    hint: 'Use another number, or remove it from the other user first.',
  },
  'user.email_already_in_use': {
    status: 422,
    message: 'This email address is associated with an existing account.',
    hint: 'Use another address, or remove it from the other user first.',
  },
  'user.too_many_recipients': {
    status: 422,
    message: 'This account has as many numbers or addresses of this kind as it may have.',
    hint: 'Remove one first. How many users may add is `otherRecipients` of the account center.',
  },
  'user.password_and_digest': {
    status: 400,
    message: 'You cannot set both plain text password and password digest.',
    hint: 'Send `password`, or `passwordDigest` with `passwordAlgorithm`.',
  },
  'user.password_algorithm_required': {
    status: 400,
    message: 'Password algorithm is required.',
    hint: 'Say with `passwordAlgorithm` how the digest was made.',
  },
  'user.user_not_exist': {
    status: 404,
    message: 'There is no account for this number or address.',
    hint: 'Create one: change the interaction to Register.',
  },
  'user.suspended': {
    status: 401,
    message: 'This account is suspended.',
    hint: 'Ask the operator of the application.',
  },
  'user.missing_profile': {
    status: 422,
    message: 'A new account needs more than this.',
    hint: '`data.missingProfile` lists what; add it with `POST /api/experience/profile`.',
  },
  'user.backup_code_already_in_use': {
    status: 422,
    message: 'This account has backup codes already.',
    hint: 'In a sign-in, submit: it needs no others, and those that it has shown do not count. Elsewhere, delete them first; those that are left end with that.',
  },
  'user.wrong_backup_code_format': {
    status: 422,
    message: 'These are no backup codes.',
    hint: 'Send ten different codes of ten characters from `0123456789abcdef`, such as those that `…/backup-codes/generate` makes.',
  },
  'user.totp_already_in_use': {
    status: 422,
    message: 'This account has an authenticator app already.',
    hint: 'Delete it first, or put another one in its place with `PUT /api/my-account/mfa-verifications/totp`.',
  },
  'user.totp_secret_invalid': {
    status: 400,
    message: 'This is no secret of an authenticator app.',
    hint: 'Send 16 to 128 characters of base32, such as those that `…/totp-secret/generate` makes.',
  },
  'session.mfa.mfa_policy_not_user_controlled': {
    status: 422,
    message: 'Nobody may do without a second factor here.',
    hint: 'Set something up: 422 `user.missing_mfa` says what will do.',
  },
  'user.missing_mfa': {
    status: 422,
    message: 'This account has nothing for a second code.',
    hint: '`data.availableFactors` lists what will do: verify a number or an address with `POST /api/experience/verification/verification-code`, or an authenticator app with `POST /api/experience/verification/totp/secret` and `…/verify`, add it with `POST /api/experience/profile/mfa`, and submit again. Where `data.skippable` is true, `POST /api/experience/profile/mfa/mfa-skipped` does without.',
  },
  'user.new_password_required_in_profile': {
    status: 422,
    message: 'There is no new password yet.',
    hint: 'Set it with `PUT /api/experience/profile/password` before you submit.',
  },
  'user.username_exists_in_profile': {
    status: 422,
    message: 'The account has a username already.',
    hint: 'Signing in adds what an account lacks. `PATCH /api/my-account` changes the username.',
  },
  'user.phone_exists_in_profile': {
    status: 422,
    message: 'The account has a phone number already.',
    hint: 'Signing in adds what an account lacks. `POST /api/my-account/primary-phone` changes the number.',
  },
  'user.email_exists_in_profile': {
    status: 422,
    message: 'The account has an email address already.',
    hint: 'Signing in adds what an account lacks. `POST /api/my-account/primary-email` changes the address.',
  },
  'user.password_exists_in_profile': {
    status: 422,
    message: 'The account has a password already.',
    hint: 'Signing in adds what an account lacks. `POST /api/my-account/password` changes the password.',
  },
  'user.same_password': {
    status: 422,
    message: 'This is the password that the account has already.',
    hint: 'Choose a new one.',
  },
  'user.sign_in_method_not_enabled': {
    status: 422,
    message: 'This way to sign in or sign up is switched off.',
    hint: 'Use another one, or switch it on under Sign-in experience.',
  },
  'user.last_sign_in_method_required': {
    status: 400,
    message: 'Without this the account could not sign in any more.',
    hint: 'Give it another way to sign in first: a phone number, an email address, or a username and a password; or replace this instead of removing it.',
  },
  'verification_record.not_found': {
    status: 400,
    message: 'There is no complete verification of this number or address with this id.',
    hint: 'Send a code to it with `POST /api/verifications/verification-code`, and verify it first; a verification is good for ten minutes.',
  },
  'verification_record.permission_denied': {
    status: 401,
    message: 'Changing this needs a fresh proof of who you are.',
    hint: 'Verify the password, the current phone number or the current email address, and send the id of that verification in the header `sesame-verification-id`.',
  },
  'password.invalid_legacy_password_format': {
    status: 400,
    message: 'Invalid legacy password format.',
    hint: '`data.message` says what is wrong. The form is `["sha256", ["salt", "@"], "result"]` as a JSON text.',
  },
  'password.unsupported_legacy_hash_algorithm': {
    status: 400,
    message: 'Unsupported legacy hash algorithm.',
    hint: 'Take one that `crypto.getHashes()` of Node.js lists, `pbkdf2`, `scrypt` or `firebase-scrypt`.',
  },
  'password.rejected': {
    status: 422,
    message: 'Password rejected.',
    hint: '`data` lists the rules that it breaks (`password_rejected.too_short`, `.too_long`, `.character_types`, `.pwned`, `.restricted.repetition`, `.restricted.sequence`, `.restricted.words`, `.restricted.user_info`) with the number that each is about in `interpolation`. The password policy is under Sign-in experience.',
  },
  'sign_in_experiences.missing_sign_up_identifiers': {
    status: 400,
    message: 'A sign-up cannot begin with nothing.',
    hint: 'Give `signUp.identifiers` what it begins with; `secondaryIdentifiers` are asked for after that.',
  },
  'sign_in_experiences.duplicated_sign_up_identifiers': {
    status: 400,
    message: 'Duplicate sign-up identifiers.',
    hint: 'Name each identifier once, in `signUp.identifiers` or in `secondaryIdentifiers`.',
  },
  'sign_in_experiences.passwordless_requires_verify': {
    status: 400,
    message: 'Phone numbers and email addresses of a sign-up are always verified.',
    hint: 'Set `signUp.verify` to `true`, and `verify` of the secondary identifier; or ask for neither.',
  },
  'sign_in_experiences.enabled_connector_not_found': {
    status: 400,
    message: 'Codes take a live connector of their kind.',
    hint: 'Set one up first: `data.type` is the type of the connector that is missing.',
  },
  'sign_in_experiences.duplicated_mfa_factors': {
    status: 400,
    message: 'A second factor is named twice.',
    hint: 'Name each in `mfa.factors` once.',
  },
  'sign_in_experiences.backup_code_cannot_be_enabled_alone': {
    status: 400,
    message: 'Backup codes alone are no second step.',
    hint: 'Name `PhoneVerificationCode`, `EmailVerificationCode` or `Totp` in `mfa.factors`, too.',
  },
  'sign_in_experiences.phone_verification_code_cannot_be_used_for_mfa': {
    status: 400,
    message: 'A code by SMS cannot both sign in and be the second factor.',
    hint: 'Take `PhoneVerificationCode` out of `mfa.factors`, or switch `verificationCode` of the way to sign in by `phone` off.',
  },
  'sign_in_experiences.email_verification_code_cannot_be_used_for_mfa': {
    status: 400,
    message: 'A code by email cannot both sign in and be the second factor.',
    hint: 'Take `EmailVerificationCode` out of `mfa.factors`, or switch `verificationCode` of the way to sign in by `email` off.',
  },
  'sign_in_experiences.invalid_custom_email_blocklist_format': {
    status: 400,
    message: 'The lists of email addresses have entries that are none.',
    hint: '`data.items` lists them. An entry is an address, such as `foo@example.com`, or a domain, such as `@example.com`; `*` in it stands for any characters.',
  },
  'session.email_blocklist.email_subaddressing_not_allowed': {
    status: 422,
    message: 'Email addresses with a + are not taken here.',
    hint: 'Give the address without the + and what stands between it and the @. `emailBlocklistPolicy` under Sign-in experience says so.',
  },
  'session.email_blocklist.email_not_allowed': {
    status: 422,
    message: 'This email address is not taken here.',
    hint: 'Give another one. The lists of `emailBlocklistPolicy` under Sign-in experience say which are taken; `data.isDomain` says that it is the whole domain.',
  },
  'sign_in_experiences.forgot_password_method_requires_connector': {
    status: 400,
    message: 'A forgotten password cannot be replaced this way without a live connector.',
    hint: 'Set up the connector first: `data.method` is `sms` or `email`.',
  },
  'sign_in_experiences.invalid_custom_css': {
    status: 400,
    message: 'The stylesheet has something in it that is not taken.',
    hint: '`data.issues` names each line (`line`, `column`, `reason`, `found`). `docs/custom-css.md` says what may be there.',
  },
  'system.unavailable': {
    status: 503,
    message: 'The database does not answer.',
    hint: 'It may not have been done. Try again after the time in `Retry-After`.',
  },
  'system.busy': {
    status: 503,
    message: 'The server is checking too many passwords at once.',
    hint: 'Nothing was checked, and it counts for nothing. Try again after the time in `Retry-After`.',
  },
  'system.too_many_reads': {
    status: 503,
    message: 'Too many lists, figures and exports are read at once.',
    hint: 'Try again after the time in `Retry-After`. Codes and sign-ins do not wait for them.',
  },
  'system.internal': {
    status: 500,
    message: 'Something went wrong on the server.',
    hint: 'The log has the details under the request id.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;

/**
 * A refusal with a code of the catalogue. Thrown anywhere; `http/errors.ts` makes the response of it.
 * @example throw new ApiError('request.message_rate_limited', { retryAfterSeconds: 30 })
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  readonly data: (Record<string, unknown> & { retryAfterSeconds?: number }) | undefined;
  /** Differs from the catalogue's where the same code stands for a refusal and for an outage. */
  readonly status: number;

  constructor(code: ErrorCode, data?: ApiError['data'], status: number = errorCatalogue[code].status) {
    super(errorCatalogue[code].message);
    this.code = code;
    this.data = data;
    this.status = status;
  }
}
