// Made by scripts/write-api-types.mjs from the OpenAPI document of the server.
export interface paths {
  '/api/status': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the server can work */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/.well-known/sign-in-exp': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get what a sign-in page of one’s own needs */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              branding: {
                /** @description The name above the hosted pages; empty shows that of the application. */
                name: string;
                logoUrl: string | null;
                /** @description The logo on a dark background; without one, the other. */
                darkLogoUrl: string | null;
              };
              color: {
                primaryColor: string;
                darkPrimaryColor: string;
                /** @description Whether pages follow a device that prefers dark colours. */
                isDarkModeEnabled: boolean;
              };
              languageInfo: {
                /** @description Whether the language of the browser counts; `ui_locales` always does. */
                autoDetect: boolean;
                /** @enum {string} */
                fallbackLanguage: 'en' | 'zh-CN';
              };
              termsOfUseUrl: string | null;
              privacyPolicyUrl: string | null;
              /**
               * @description The country that the phone field begins with.
               * @enum {string}
               */
              defaultCountry:
                | 'AC'
                | 'AD'
                | 'AE'
                | 'AF'
                | 'AG'
                | 'AI'
                | 'AL'
                | 'AM'
                | 'AO'
                | 'AR'
                | 'AS'
                | 'AT'
                | 'AU'
                | 'AW'
                | 'AX'
                | 'AZ'
                | 'BA'
                | 'BB'
                | 'BD'
                | 'BE'
                | 'BF'
                | 'BG'
                | 'BH'
                | 'BI'
                | 'BJ'
                | 'BL'
                | 'BM'
                | 'BN'
                | 'BO'
                | 'BQ'
                | 'BR'
                | 'BS'
                | 'BT'
                | 'BW'
                | 'BY'
                | 'BZ'
                | 'CA'
                | 'CC'
                | 'CD'
                | 'CF'
                | 'CG'
                | 'CH'
                | 'CI'
                | 'CK'
                | 'CL'
                | 'CM'
                | 'CN'
                | 'CO'
                | 'CR'
                | 'CU'
                | 'CV'
                | 'CW'
                | 'CX'
                | 'CY'
                | 'CZ'
                | 'DE'
                | 'DJ'
                | 'DK'
                | 'DM'
                | 'DO'
                | 'DZ'
                | 'EC'
                | 'EE'
                | 'EG'
                | 'EH'
                | 'ER'
                | 'ES'
                | 'ET'
                | 'FI'
                | 'FJ'
                | 'FK'
                | 'FM'
                | 'FO'
                | 'FR'
                | 'GA'
                | 'GB'
                | 'GD'
                | 'GE'
                | 'GF'
                | 'GG'
                | 'GH'
                | 'GI'
                | 'GL'
                | 'GM'
                | 'GN'
                | 'GP'
                | 'GQ'
                | 'GR'
                | 'GT'
                | 'GU'
                | 'GW'
                | 'GY'
                | 'HK'
                | 'HN'
                | 'HR'
                | 'HT'
                | 'HU'
                | 'ID'
                | 'IE'
                | 'IL'
                | 'IM'
                | 'IN'
                | 'IO'
                | 'IQ'
                | 'IR'
                | 'IS'
                | 'IT'
                | 'JE'
                | 'JM'
                | 'JO'
                | 'JP'
                | 'KE'
                | 'KG'
                | 'KH'
                | 'KI'
                | 'KM'
                | 'KN'
                | 'KP'
                | 'KR'
                | 'KW'
                | 'KY'
                | 'KZ'
                | 'LA'
                | 'LB'
                | 'LC'
                | 'LI'
                | 'LK'
                | 'LR'
                | 'LS'
                | 'LT'
                | 'LU'
                | 'LV'
                | 'LY'
                | 'MA'
                | 'MC'
                | 'MD'
                | 'ME'
                | 'MF'
                | 'MG'
                | 'MH'
                | 'MK'
                | 'ML'
                | 'MM'
                | 'MN'
                | 'MO'
                | 'MP'
                | 'MQ'
                | 'MR'
                | 'MS'
                | 'MT'
                | 'MU'
                | 'MV'
                | 'MW'
                | 'MX'
                | 'MY'
                | 'MZ'
                | 'NA'
                | 'NC'
                | 'NE'
                | 'NF'
                | 'NG'
                | 'NI'
                | 'NL'
                | 'NO'
                | 'NP'
                | 'NR'
                | 'NU'
                | 'NZ'
                | 'OM'
                | 'PA'
                | 'PE'
                | 'PF'
                | 'PG'
                | 'PH'
                | 'PK'
                | 'PL'
                | 'PM'
                | 'PR'
                | 'PS'
                | 'PT'
                | 'PW'
                | 'PY'
                | 'QA'
                | 'RE'
                | 'RO'
                | 'RS'
                | 'RU'
                | 'RW'
                | 'SA'
                | 'SB'
                | 'SC'
                | 'SD'
                | 'SE'
                | 'SG'
                | 'SH'
                | 'SI'
                | 'SJ'
                | 'SK'
                | 'SL'
                | 'SM'
                | 'SN'
                | 'SO'
                | 'SR'
                | 'SS'
                | 'ST'
                | 'SV'
                | 'SX'
                | 'SY'
                | 'SZ'
                | 'TA'
                | 'TC'
                | 'TD'
                | 'TG'
                | 'TH'
                | 'TJ'
                | 'TK'
                | 'TL'
                | 'TM'
                | 'TN'
                | 'TO'
                | 'TR'
                | 'TT'
                | 'TV'
                | 'TW'
                | 'TZ'
                | 'UA'
                | 'UG'
                | 'US'
                | 'UY'
                | 'UZ'
                | 'VA'
                | 'VC'
                | 'VE'
                | 'VG'
                | 'VI'
                | 'VN'
                | 'VU'
                | 'WF'
                | 'WS'
                | 'XK'
                | 'YE'
                | 'YT'
                | 'ZA'
                | 'ZM'
                | 'ZW';
              /** @enum {string} */
              signInMode: 'SignIn' | 'Register' | 'SignInAndRegister';
              signUp: {
                /** @description What a new account needs; none means that nobody signs up. */
                identifiers: ('phone' | 'username')[];
                /** @description Whether a new account needs a password. */
                password: boolean;
                /**
                 * @description Phone numbers are always verified.
                 * @enum {boolean}
                 */
                verify: true;
              };
              signIn: {
                methods: {
                  /** @enum {string} */
                  identifier: 'phone' | 'username';
                  /** @description Whether the password signs in. */
                  password: boolean;
                  /** @description Whether a code signs in; for phone numbers only. */
                  verificationCode: boolean;
                  /** @description Whether the password is asked for first where both sign in. */
                  isPasswordPrimary: boolean;
                }[];
              };
              forgotPasswordMethods: 'PhoneVerificationCode'[];
              verificationCodePolicy: {
                /** @description Digits of a code. */
                codeLength: number;
                /** @description How long a code is valid, in seconds. */
                expirationDuration: number;
                /** @description How many answers to one code are taken. */
                maxRetryAttempts: number;
              };
              /** @description Seconds that end users wait before they can resend. */
              resendInterval: number;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/experience': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Begin a sign-in, a sign-up or a reset
     * @description Begins anew: what was verified so far is forgotten.
     */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @enum {string} */
            interactionEvent: 'SignIn' | 'Register' | 'ForgotPassword';
          };
        };
      };
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /**
         * @description `guard.invalid_input`: The request is not as it should be.
         *
         *     `session.not_found`: This sign-in has ended, or belongs to another browser.
         */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/experience/interaction-event': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Go on as something else
     * @description For example from SignIn to Register, with the number that was verified already.
     */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @enum {string} */
            interactionEvent: 'SignIn' | 'Register' | 'ForgotPassword';
          };
        };
      };
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /**
         * @description `guard.invalid_input`: The request is not as it should be.
         *
         *     `session.not_found`: This sign-in has ended, or belongs to another browser.
         */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/experience/interaction': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get what is known so far */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @enum {string} */
              interactionEvent: 'SignIn' | 'Register' | 'ForgotPassword';
              userId?: string;
              profile: {
                username?: string;
                hasPassword: boolean;
              };
              verificationRecords: {
                id: string;
                /** @enum {string} */
                type: 'PhoneVerificationCode' | 'Password';
                verified: boolean;
                identifier?: {
                  /** @enum {string} */
                  type: 'phone';
                  value: string;
                };
                /** @description Milliseconds since the epoch. */
                codeExpiresAt?: number;
                /** @description Milliseconds since the epoch. */
                resendAfter?: number;
              }[];
            };
          };
        };
        /**
         * @description `guard.invalid_input`: The request is not as it should be.
         *
         *     `session.not_found`: This sign-in has ended, or belongs to another browser.
         */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/experience/verification/verification-code': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a verification code
     * @description Whether the number has an account shows only after the code was right.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @enum {string} */
            interactionEvent: 'SignIn' | 'Register' | 'ForgotPassword';
            identifier: {
              /** @enum {string} */
              type: 'phone';
              /** @description Phone number in E.164, with or without the plus; spaces and dashes are allowed. */
              value: string;
            };
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              verificationId: string;
              /** @description Milliseconds since the epoch. */
              codeExpiresAt: number;
              /** @description Milliseconds since the epoch. */
              resendAfter: number;
            };
          };
        };
        /**
         * @description `guard.invalid_input`: The request is not as it should be.
         *
         *     `session.not_found`: This sign-in has ended, or belongs to another browser.
         *
         *     `session.invalid_interaction_type`: This is not possible in the current interaction.
         *
         *     `connector.general`: The provider did not accept the message.
         *
         *     `connector.invalid_config`: The connector configuration is not accepted.
         *
         *     `connector.rate_limit_exceeded`: The provider is limiting messages.
         *
         *     `connector.template_not_found`: The connector has no template for this usage type.
         */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `user.sign_in_method_not_enabled`: This way to sign in or sign up is switched off. */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `request.message_rate_limited`: Too many messages were asked for. */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `connector.not_found`: No SMS connector is set up. */
        501: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `connector.invalid_response`: The provider gave an answer that could not be read. */
        502: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/experience/verification/verification-code/verify': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Verify a code */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            identifier: {
              /** @enum {string} */
              type: 'phone';
              /** @description Phone number in E.164, with or without the plus; spaces and dashes are allowed. */
              value: string;
            };
            verificationId: string;
            code: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              verificationId: string;
            };
          };
        };
        /**
         * @description `guard.invalid_input`: The request is not as it should be.
         *
         *     `session.not_found`: This sign-in has ended, or belongs to another browser.
         *
         *     `verification_code.not_found`: No verification code is pending for this number.
         *
         *     `verification_code.code_mismatch`: The verification code is wrong.
         *
         *     `verification_code.phone_mismatch`: The verification code was sent to another number.
         *
         *     `verification_code.expired`: The verification code has expired.
         *
         *     `verification_code.exceed_max_try`: The verification code was tried too often.
         *
         *     `session.verification_blocked_too_many_attempts`: There were too many wrong codes for this number.
         */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `session.verification_session_not_found`: There is no such verification in this session. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `request.sign_in_rate_limited`: There were too many attempts. */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/experience/verification/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Verify a password */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            identifier:
              | {
                  /** @enum {string} */
                  type: 'phone';
                  /** @description Phone number in E.164, with or without the plus; spaces and dashes are allowed. */
                  value: string;
                }
              | {
                  /** @enum {string} */
                  type: 'username';
                  value: string;
                };
            password: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              verificationId: string;
            };
          };
        };
        /**
         * @description `guard.invalid_input`: The request is not as it should be.
         *
         *     `session.not_found`: This sign-in has ended, or belongs to another browser.
         *
         *     `session.invalid_interaction_type`: This is not possible in the current interaction.
         */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /**
         * @description `session.invalid_credentials`: The username, the number or the password is wrong.
         *
         *     `user.sign_in_method_not_enabled`: This way to sign in or sign up is switched off.
         */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `request.sign_in_rate_limited`: There were too many attempts. */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/experience/identification': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Say who it is, by what was verified
     * @description Register makes the account. Left out, `verificationId` is the one that was given before.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            verificationId?: string;
          };
        };
      };
      responses: {
        /** @description The account is made. */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /**
         * @description `guard.invalid_input`: The request is not as it should be.
         *
         *     `session.not_found`: This sign-in has ended, or belongs to another browser.
         *
         *     `session.verification_failed`: The verification is not complete, or too old.
         */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /**
         * @description `auth.unauthorized`: The request carries no valid proof of who is calling.
         *
         *     `user.suspended`: This account is suspended.
         */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /**
         * @description `session.verification_session_not_found`: There is no such verification in this session.
         *
         *     `user.user_not_exist`: There is no account for this number.
         */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /**
         * @description `user.phone_already_in_use`: The phone number belongs to another user.
         *
         *     `user.username_already_in_use`: The username is already in use.
         *
         *     `user.missing_profile`: A new account needs more than this.
         *
         *     `user.sign_in_method_not_enabled`: This way to sign in or sign up is switched off.
         */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/experience/profile': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Add to the account that is about to be made */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json':
            | {
                /** @enum {string} */
                type: 'username';
                value: string;
              }
            | {
                /** @enum {string} */
                type: 'password';
                value: string;
              };
        };
      };
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /**
         * @description `guard.invalid_input`: The request is not as it should be.
         *
         *     `session.not_found`: This sign-in has ended, or belongs to another browser.
         *
         *     `session.invalid_interaction_type`: This is not possible in the current interaction.
         */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `session.identifier_not_found`: It is not known yet whose session this is. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /**
         * @description `user.username_already_in_use`: The username is already in use.
         *
         *     `user.same_password`: This is the password that the account has already.
         *
         *     `password.rejected`: The password is not accepted.
         */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `request.sign_in_rate_limited`: There were too many attempts. */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/experience/profile/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Set the new password, in place of a forgotten one */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            password: string;
          };
        };
      };
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /**
         * @description `guard.invalid_input`: The request is not as it should be.
         *
         *     `session.not_found`: This sign-in has ended, or belongs to another browser.
         *
         *     `session.invalid_interaction_type`: This is not possible in the current interaction.
         */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `session.identifier_not_found`: It is not known yet whose session this is. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /**
         * @description `user.username_already_in_use`: The username is already in use.
         *
         *     `user.same_password`: This is the password that the account has already.
         *
         *     `password.rejected`: The password is not accepted.
         */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `request.sign_in_rate_limited`: There were too many attempts. */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/experience/submit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Finish
     * @description Send the browser to `redirectTo`; it leads back to the application. After ForgotPassword (204) the interaction is a SignIn of the owner of the account: submitting again signs in.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** Format: uri */
              redirectTo: string;
            };
          };
        };
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /**
         * @description `guard.invalid_input`: The request is not as it should be.
         *
         *     `session.not_found`: This sign-in has ended, or belongs to another browser.
         *
         *     `session.verification_failed`: The verification is not complete, or too old.
         */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /**
         * @description `auth.unauthorized`: The request carries no valid proof of who is calling.
         *
         *     `user.suspended`: This account is suspended.
         */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /**
         * @description `session.identifier_not_found`: It is not known yet whose session this is.
         *
         *     `session.verification_session_not_found`: There is no such verification in this session.
         */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `user.missing_profile`: A new account needs more than this. */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/my-account': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get the signed-in user */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The user. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              username: string | null;
              primaryEmail: null;
              /** @description E.164 with the plus. */
              primaryPhone: string | null;
              name: string | null;
              avatar: null;
              customData: {
                [key: string]: unknown;
              };
              identities: Record<string, never>;
              profile: {
                [key: string]: unknown;
              };
              lastSignInAt: number | null;
              /** @description Milliseconds since the epoch. */
              createdAt: number;
              /** @description Milliseconds since the epoch. */
              updatedAt: number;
              applicationId: null;
              isSuspended: boolean;
              hasPassword: boolean;
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Change the name or the username of the signed-in user */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description How the user is called. */
            name?: string | null;
            /** @description Letters, digits and underscores; the first is not a digit. Upper and lower case matter. */
            username?: string | null;
          };
        };
      };
      responses: {
        /** @description The user. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              username: string | null;
              primaryEmail: null;
              /** @description E.164 with the plus. */
              primaryPhone: string | null;
              name: string | null;
              avatar: null;
              customData: {
                [key: string]: unknown;
              };
              identities: Record<string, never>;
              profile: {
                [key: string]: unknown;
              };
              lastSignInAt: number | null;
              /** @description Milliseconds since the epoch. */
              createdAt: number;
              /** @description Milliseconds since the epoch. */
              updatedAt: number;
              applicationId: null;
              isSuspended: boolean;
              hasPassword: boolean;
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `user.username_already_in_use`: The username is already in use. */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    trace?: never;
  };
  '/api/my-account/primary-phone': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Link or change the phone number
     * @description Takes the verification of the new number, and in the header `sesame-verification-id` (or `logto-verification-id`) that of the password or of the current number.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description Phone number in E.164, with or without the plus; spaces and dashes are allowed. */
            phone: string;
            newIdentifierVerificationRecordId: string;
          };
        };
      };
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /**
         * @description `guard.invalid_input`: The request is not as it should be.
         *
         *     `session.verification_failed`: The verification is not complete, or too old.
         *
         *     `verification_code.phone_mismatch`: The verification code was sent to another number.
         */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /**
         * @description `auth.unauthorized`: The request carries no valid proof of who is calling.
         *
         *     `verification_record.permission_denied`: Changing this needs a fresh proof of who you are.
         */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `user.phone_already_in_use`: The phone number belongs to another user. */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    /**
     * Remove the phone number
     * @description Only where a username and a password remain to sign in with.
     */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /**
         * @description `guard.invalid_input`: The request is not as it should be.
         *
         *     `user.last_sign_in_method_required`: Without this phone number the account could not sign in any more.
         */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /**
         * @description `auth.unauthorized`: The request carries no valid proof of who is calling.
         *
         *     `verification_record.permission_denied`: Changing this needs a fresh proof of who you are.
         */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/my-account/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Set or change the password
     * @description Takes a verification of the person in the header `sesame-verification-id`.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description 8 to 256 characters. */
            password: string;
          };
        };
      };
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /**
         * @description `auth.unauthorized`: The request carries no valid proof of who is calling.
         *
         *     `verification_record.permission_denied`: Changing this needs a fresh proof of who you are.
         */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /**
         * @description `password.rejected`: The password is not accepted.
         *
         *     `user.same_password`: This is the password that the account has already.
         */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `request.sign_in_rate_limited`: There were too many attempts. */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/verifications/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Verify the password of the signed-in user */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description 8 to 256 characters. */
            password: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              verificationRecordId: string;
              /**
               * Format: date-time
               * @description Until then it has to be completed, or is good.
               */
              expiresAt: string;
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `session.invalid_credentials`: The username, the number or the password is wrong. */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `request.sign_in_rate_limited`: There were too many attempts. */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/verifications/verification-code': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send a code to the current number, or to the one to be linked */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            identifier: {
              /** @enum {string} */
              type: 'phone';
              /** @description Phone number in E.164, with or without the plus; spaces and dashes are allowed. */
              value: string;
            };
          };
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              verificationRecordId: string;
              /**
               * Format: date-time
               * @description Until then it has to be completed, or is good.
               */
              expiresAt: string;
            };
          };
        };
        /**
         * @description `guard.invalid_input`: The request is not as it should be.
         *
         *     `connector.general`: The provider did not accept the message.
         */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `request.message_rate_limited`: Too many messages were asked for. */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `connector.not_found`: No SMS connector is set up. */
        501: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/verifications/verification-code/verify': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Verify a code */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            identifier: {
              /** @enum {string} */
              type: 'phone';
              /** @description Phone number in E.164, with or without the plus; spaces and dashes are allowed. */
              value: string;
            };
            verificationId: string;
            code: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              verificationRecordId: string;
            };
          };
        };
        /**
         * @description `guard.invalid_input`: The request is not as it should be.
         *
         *     `verification_code.not_found`: No verification code is pending for this number.
         *
         *     `verification_code.code_mismatch`: The verification code is wrong.
         *
         *     `verification_code.phone_mismatch`: The verification code was sent to another number.
         *
         *     `verification_code.expired`: The verification code has expired.
         *
         *     `verification_code.exceed_max_try`: The verification code was tried too often.
         *
         *     `session.verification_blocked_too_many_attempts`: There were too many wrong codes for this number.
         */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `session.verification_session_not_found`: There is no such verification in this session. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `request.sign_in_rate_limited`: There were too many attempts. */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/console/sign-in': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sign in to the Console
     * @description Begins a session of twelve hours, kept in the cookie `sesame_console`. A session that was sent along is ended.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            username: string;
            password: string;
          };
        };
      };
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `session.invalid_credentials`: The username, the number or the password is wrong. */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `request.sign_in_rate_limited`: There were too many attempts. */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/console/sign-out': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sign out of the Console
     * @description Ends the session and clears the cookie, whether or not the session was still open.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/console/session': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who is signed in to the Console */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              administrator: {
                id: string;
                username: string;
              };
              /** @description Milliseconds since the epoch. */
              expiresAt: number;
              /** @description What access tokens of the Management API are asked for as `resource`. */
              apiIndicator: string;
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/console/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the open sessions of the administrator who asks, newest first */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              /** @description Milliseconds since the epoch. */
              createdAt: number;
              /** @description Milliseconds since the epoch. */
              expiresAt: number;
              isCurrent: boolean;
            }[];
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/console/sessions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** End a session of the administrator who asks */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/console/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Change the password of the administrator who asks
     * @description Ends the other sessions of this administrator.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            currentPassword: string;
            newPassword: string;
          };
        };
      };
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /**
         * @description `session.invalid_credentials`: The username, the number or the password is wrong.
         *
         *     `password.rejected`: The password is not accepted.
         */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `request.sign_in_rate_limited`: There were too many attempts. */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/console/administrators': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the administrators */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              username: string;
              /** @description Milliseconds since the epoch. */
              createdAt: number;
            }[];
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    /** Create an administrator */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            username: string;
            password: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              username: string;
              /** @description Milliseconds since the epoch. */
              createdAt: number;
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /**
         * @description `user.username_already_in_use`: The username is already in use.
         *
         *     `password.rejected`: The password is not accepted.
         */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/console/administrators/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Delete another administrator
     * @description Ends the sessions of that administrator. Nobody can delete themselves, so that one always stays.
     */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `administrator.cannot_delete_self`: Administrators cannot delete themselves, so that there is always one. */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/connector-factories': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the connectors that can be set up */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              type: string;
              target: string;
              platform: null;
              name: {
                en: string;
              } & {
                [key: string]: string;
              };
              description: {
                en: string;
              } & {
                [key: string]: string;
              };
              /** @description Data URI. */
              logo: string;
              logoDark: string | null;
              /** @description Markdown. */
              readme: string;
              formItems: ({
                key: string;
                type: string;
                label: string;
              } & {
                [key: string]: unknown;
              })[];
              isDemo?: boolean;
              /**
               * @description An installed connector with the id of a built-in one takes its place until it is removed.
               * @enum {string}
               */
              origin: 'built-in' | 'installed';
              /** @description The npm package of an installed connector. */
              package: {
                name: string;
                version: string | null;
              } | null;
            }[];
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/connector-factories/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get a connector that can be set up */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              type: string;
              target: string;
              platform: null;
              name: {
                en: string;
              } & {
                [key: string]: string;
              };
              description: {
                en: string;
              } & {
                [key: string]: string;
              };
              /** @description Data URI. */
              logo: string;
              logoDark: string | null;
              /** @description Markdown. */
              readme: string;
              formItems: ({
                key: string;
                type: string;
                label: string;
              } & {
                [key: string]: unknown;
              })[];
              isDemo?: boolean;
              /**
               * @description An installed connector with the id of a built-in one takes its place until it is removed.
               * @enum {string}
               */
              origin: 'built-in' | 'installed';
              /** @description The npm package of an installed connector. */
              package: {
                name: string;
                version: string | null;
              } | null;
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/connector-problems': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the installed connectors that cannot be used, with the reasons
     * @description As they were found at the start of the server.
     */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @description Name of the package, or of its folder. */
              package: string;
              version: string | null;
              /** @description The id that it has, where that much is known. */
              connectorId: string | null;
              /**
               * @description Installed by `sesame connectors add`, or in SESAME_CONNECTORS_DIR.
               * @enum {string}
               */
              location: 'data-folder' | 'connectors-folder';
              reason: string;
            }[];
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/connectors': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the connectors that are set up
     * @description At most one SMS connector is alive at any time.
     */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              type: string;
              target: string;
              platform: null;
              name: {
                en: string;
              } & {
                [key: string]: string;
              };
              description: {
                en: string;
              } & {
                [key: string]: string;
              };
              /** @description Data URI. */
              logo: string;
              logoDark: string | null;
              /** @description Markdown. */
              readme: string;
              formItems: ({
                key: string;
                type: string;
                label: string;
              } & {
                [key: string]: unknown;
              })[];
              isDemo?: boolean;
              /**
               * @description `not-installed`: the module of this connector is not there any more, or cannot be used.
               * @enum {string}
               */
              origin: 'built-in' | 'installed' | 'not-installed';
              /** @description The npm package of an installed connector. */
              package: {
                name: string;
                version: string | null;
              } | null;
              /** @description Id of the connector factory. */
              connectorId: string;
              /** @description Secrets are masked. */
              config: {
                [key: string]: unknown;
              };
              metadata: {
                [key: string]: unknown;
              };
              createdAt: number;
              updatedAt: number;
            }[];
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    /**
     * Set up a connector
     * @description It becomes the live SMS connector and replaces the one before in one step. The configuration of the one before is kept under `/api/connectors/history`.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description Id of the connector factory. */
            connectorId: string;
            /**
             * @description As the form items of the connector factory say. A masked secret that is left as it was stays stored.
             * @default {}
             */
            config?: {
              [key: string]: unknown;
            };
            /** @description Id of the new connector; made by the server if left out. */
            id?: string;
            /** @description Id of the connector that is live, as far as the caller knows; null for none. When another one is, nothing happens and the answer is 409. Left out, whichever is live is replaced. */
            replaces?: string | null;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              type: string;
              target: string;
              platform: null;
              name: {
                en: string;
              } & {
                [key: string]: string;
              };
              description: {
                en: string;
              } & {
                [key: string]: string;
              };
              /** @description Data URI. */
              logo: string;
              logoDark: string | null;
              /** @description Markdown. */
              readme: string;
              formItems: ({
                key: string;
                type: string;
                label: string;
              } & {
                [key: string]: unknown;
              })[];
              isDemo?: boolean;
              /**
               * @description `not-installed`: the module of this connector is not there any more, or cannot be used.
               * @enum {string}
               */
              origin: 'built-in' | 'installed' | 'not-installed';
              /** @description The npm package of an installed connector. */
              package: {
                name: string;
                version: string | null;
              } | null;
              /** @description Id of the connector factory. */
              connectorId: string;
              /** @description Secrets are masked. */
              config: {
                [key: string]: unknown;
              };
              metadata: {
                [key: string]: unknown;
              };
              createdAt: number;
              updatedAt: number;
            };
          };
        };
        /**
         * @description `guard.invalid_input`: The request is not as it should be.
         *
         *     `connector.invalid_config`: The connector configuration is not accepted.
         */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `connector.conflict`: Somebody else has changed the connector in the meantime. */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /**
         * @description `connector.not_found_with_connector_id`: There is no connector factory with this id.
         *
         *     `entity.id_in_use`: The id is already in use.
         */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/connectors/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get a connector that is set up */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              type: string;
              target: string;
              platform: null;
              name: {
                en: string;
              } & {
                [key: string]: string;
              };
              description: {
                en: string;
              } & {
                [key: string]: string;
              };
              /** @description Data URI. */
              logo: string;
              logoDark: string | null;
              /** @description Markdown. */
              readme: string;
              formItems: ({
                key: string;
                type: string;
                label: string;
              } & {
                [key: string]: unknown;
              })[];
              isDemo?: boolean;
              /**
               * @description `not-installed`: the module of this connector is not there any more, or cannot be used.
               * @enum {string}
               */
              origin: 'built-in' | 'installed' | 'not-installed';
              /** @description The npm package of an installed connector. */
              package: {
                name: string;
                version: string | null;
              } | null;
              /** @description Id of the connector factory. */
              connectorId: string;
              /** @description Secrets are masked. */
              config: {
                [key: string]: unknown;
              };
              metadata: {
                [key: string]: unknown;
              };
              createdAt: number;
              updatedAt: number;
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    /**
     * Delete a connector
     * @description No SMS connector is alive afterwards, and sends answer 501. Its configuration stays under `/api/connectors/history` until it is deleted there.
     */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    /** Replace the configuration of a connector */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description As the form items of the connector factory say. A masked secret that is left as it was stays stored. */
            config: {
              [key: string]: unknown;
            };
            /** @description `updatedAt` of the connector that the caller saw. When it has changed since, the answer is 409. */
            updatedAt?: number;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              type: string;
              target: string;
              platform: null;
              name: {
                en: string;
              } & {
                [key: string]: string;
              };
              description: {
                en: string;
              } & {
                [key: string]: string;
              };
              /** @description Data URI. */
              logo: string;
              logoDark: string | null;
              /** @description Markdown. */
              readme: string;
              formItems: ({
                key: string;
                type: string;
                label: string;
              } & {
                [key: string]: unknown;
              })[];
              isDemo?: boolean;
              /**
               * @description `not-installed`: the module of this connector is not there any more, or cannot be used.
               * @enum {string}
               */
              origin: 'built-in' | 'installed' | 'not-installed';
              /** @description The npm package of an installed connector. */
              package: {
                name: string;
                version: string | null;
              } | null;
              /** @description Id of the connector factory. */
              connectorId: string;
              /** @description Secrets are masked. */
              config: {
                [key: string]: unknown;
              };
              metadata: {
                [key: string]: unknown;
              };
              createdAt: number;
              updatedAt: number;
            };
          };
        };
        /**
         * @description `guard.invalid_input`: The request is not as it should be.
         *
         *     `connector.invalid_config`: The connector configuration is not accepted.
         */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `connector.conflict`: Somebody else has changed the connector in the meantime. */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    trace?: never;
  };
  '/api/connectors/{factoryId}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a test message with a configuration that need not be saved
     * @description A real message with the code 000000. With `Prefer: return=representation` the reply says what was sent.
     */
    post: {
      parameters: {
        query?: never;
        header?: {
          prefer?: string;
        };
        path: {
          factoryId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description Phone number in E.164, with or without the plus; spaces and dashes are allowed. */
            phone: string;
            /**
             * @description As the form items of the connector factory say. A masked secret that is left as it was stays stored.
             * @default {}
             */
            config?: {
              [key: string]: unknown;
            };
            /** @description Language of the message (BCP 47). */
            locale?: string;
            /** @default Generic */
            usageType?: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              messageId: string;
              providerMessageId: string | null;
              /** @description The text as sent, where it is ours rather than the provider’s. */
              text: string | null;
              /** @description How many SMS the text takes. */
              segments: number | null;
              latencyMs: number;
            };
          };
        };
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /**
         * @description `guard.invalid_input`: The request is not as it should be.
         *
         *     `connector.invalid_config`: The connector configuration is not accepted.
         *
         *     `connector.template_not_found`: The connector has no template for this usage type.
         *
         *     `connector.rate_limit_exceeded`: The provider is limiting messages.
         *
         *     `connector.general`: The provider did not accept the message.
         */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `connector.not_found_with_connector_id`: There is no connector factory with this id. */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `connector.invalid_response`: The provider gave an answer that could not be read. */
        502: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/connectors/history': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the configurations that were live before, newest first */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              type: string;
              target: string;
              platform: null;
              name: {
                en: string;
              } & {
                [key: string]: string;
              };
              description: {
                en: string;
              } & {
                [key: string]: string;
              };
              /** @description Data URI. */
              logo: string;
              logoDark: string | null;
              /** @description Markdown. */
              readme: string;
              formItems: ({
                key: string;
                type: string;
                label: string;
              } & {
                [key: string]: unknown;
              })[];
              isDemo?: boolean;
              /**
               * @description `not-installed`: the module of this connector is not there any more, or cannot be used.
               * @enum {string}
               */
              origin: 'built-in' | 'installed' | 'not-installed';
              /** @description The npm package of an installed connector. */
              package: {
                name: string;
                version: string | null;
              } | null;
              /** @description Id of the connector factory. */
              connectorId: string;
              /** @description Secrets are masked. */
              config: {
                [key: string]: unknown;
              };
              metadata: {
                [key: string]: unknown;
              };
              createdAt: number;
              updatedAt: number;
            }[];
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/connectors/history/{id}/restore': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make a previous configuration the live one again
     * @description It replaces the live connector in one step.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description Id of the connector that is live, as far as the caller knows; null for none. When another one is, nothing happens and the answer is 409. Left out, whichever is live is replaced. */
            replaces?: string | null;
          } | null;
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              type: string;
              target: string;
              platform: null;
              name: {
                en: string;
              } & {
                [key: string]: string;
              };
              description: {
                en: string;
              } & {
                [key: string]: string;
              };
              /** @description Data URI. */
              logo: string;
              logoDark: string | null;
              /** @description Markdown. */
              readme: string;
              formItems: ({
                key: string;
                type: string;
                label: string;
              } & {
                [key: string]: unknown;
              })[];
              isDemo?: boolean;
              /**
               * @description `not-installed`: the module of this connector is not there any more, or cannot be used.
               * @enum {string}
               */
              origin: 'built-in' | 'installed' | 'not-installed';
              /** @description The npm package of an installed connector. */
              package: {
                name: string;
                version: string | null;
              } | null;
              /** @description Id of the connector factory. */
              connectorId: string;
              /** @description Secrets are masked. */
              config: {
                [key: string]: unknown;
              };
              metadata: {
                [key: string]: unknown;
              };
              createdAt: number;
              updatedAt: number;
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `connector.conflict`: Somebody else has changed the connector in the meantime. */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/connectors/history/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Delete a previous configuration for good, its secrets too */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/verification-codes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a verification code to a phone number
     * @description For back ends that run their own sign-in. The new code replaces the one before.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description Phone number in E.164, with or without the plus; spaces and dashes are allowed. */
            phone: string;
            /** @description Language of the message (BCP 47). */
            locale?: string;
          };
        };
      };
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /**
         * @description `guard.invalid_input`: The request is not as it should be.
         *
         *     `connector.general`: The provider did not accept the message.
         *
         *     `connector.invalid_config`: The connector configuration is not accepted.
         *
         *     `connector.rate_limit_exceeded`: The provider is limiting messages.
         *
         *     `connector.template_not_found`: The connector has no template for this usage type.
         */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `request.message_rate_limited`: Too many messages were asked for. */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `connector.not_found`: No SMS connector is set up. */
        501: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `connector.invalid_response`: The provider gave an answer that could not be read. */
        502: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/verification-codes/verify': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Check a verification code
     * @description A code is right once. Each answer spends one of its tries.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description Phone number in E.164, with or without the plus; spaces and dashes are allowed. */
            phone: string;
            verificationCode: string;
          };
        };
      };
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /**
         * @description `guard.invalid_input`: The request is not as it should be.
         *
         *     `verification_code.not_found`: No verification code is pending for this number.
         *
         *     `verification_code.code_mismatch`: The verification code is wrong.
         *
         *     `verification_code.expired`: The verification code has expired.
         *
         *     `verification_code.exceed_max_try`: The verification code was tried too often.
         *
         *     `session.verification_blocked_too_many_attempts`: There were too many wrong codes for this number.
         */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/verification-codes/unlock': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Unlock a phone number after too many wrong codes
     * @description Wrong codes are counted per number across codes; a hundred in a row lock it.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description Phone number in E.164, with or without the plus; spaces and dashes are allowed. */
            phone: string;
          };
        };
      };
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/messages': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the messages that were sent, newest first
     * @description What was sent to whom through what, and what became of it; never the code.
     */
    get: {
      parameters: {
        query?: {
          /** @description Number of the page, from 1. */
          page?: number;
          /** @description Entries on a page. */
          page_size?: number;
          /** @description Phone number in E.164, with or without the plus; spaces and dashes are allowed. */
          phone?: string;
          state?: 'sending' | 'accepted' | 'delivered' | 'undelivered' | 'failed' | 'unclear' | 'suppressed';
          usageType?: string;
          country?: string;
          connectorFactoryId?: string;
          /** @description Milliseconds since the epoch. */
          from?: number;
          /** @description Milliseconds since the epoch. */
          until?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              recipient: string;
              country: string | null;
              usageType: string;
              locale: string | null;
              connectorFactoryId: string | null;
              /** @description Null for a test message. */
              connectorId: string | null;
              /** @enum {string} */
              state: 'sending' | 'accepted' | 'delivered' | 'undelivered' | 'failed' | 'unclear' | 'suppressed';
              providerMessageId: string | null;
              error: {
                [key: string]: unknown;
              } | null;
              createdAt: number;
              updatedAt: number;
              verifiedAt: number | null;
            }[];
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/messages/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get a message */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              recipient: string;
              country: string | null;
              usageType: string;
              locale: string | null;
              connectorFactoryId: string | null;
              /** @description Null for a test message. */
              connectorId: string | null;
              /** @enum {string} */
              state: 'sending' | 'accepted' | 'delivered' | 'undelivered' | 'failed' | 'unclear' | 'suppressed';
              providerMessageId: string | null;
              error: {
                [key: string]: unknown;
              } | null;
              createdAt: number;
              updatedAt: number;
              verifiedAt: number | null;
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/development-inbox': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List what the development inbox holds, newest first
     * @description Answers 404 whenever the development inbox is not the live connector.
     */
    get: {
      parameters: {
        query?: {
          /** @description Phone number in E.164, with or without the plus; spaces and dashes are allowed. */
          phone?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              phone: string;
              usageType: string;
              text: string;
              code: string | null;
              locale: string | null;
              createdAt: string;
            }[];
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/dashboard/verification': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How many messages were requested, sent, delivered and verified
     * @description In total, by day, by country and by usage type; test messages are left out, and so are days, countries and usage types without messages.
     */
    get: {
      parameters: {
        query?: {
          /** @description Milliseconds since the epoch; by default 30 days before `until`. */
          from?: number;
          /** @description Not included; by default now. At most 100 days after `from`. */
          until?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              from: number;
              until: number;
              total: {
                /** @description Messages that were asked for and within the limits. */
                requested: number;
                /** @description Those that the provider took. */
                sent: number;
                /** @description Those of which the provider says so, or whose code was answered. */
                delivered: number;
                /** @description Those whose code was answered right. */
                verified: number;
              };
              byDay: {
                /** @description Date in UTC, for example 2026-01-31. */
                day: string;
                /** @description Messages that were asked for and within the limits. */
                requested: number;
                /** @description Those that the provider took. */
                sent: number;
                /** @description Those of which the provider says so, or whose code was answered. */
                delivered: number;
                /** @description Those whose code was answered right. */
                verified: number;
              }[];
              byCountry: {
                country: string | null;
                /** @description Messages that were asked for and within the limits. */
                requested: number;
                /** @description Those that the provider took. */
                sent: number;
                /** @description Those of which the provider says so, or whose code was answered. */
                delivered: number;
                /** @description Those whose code was answered right. */
                verified: number;
              }[];
              byUsageType: {
                usageType: string;
                /** @description Messages that were asked for and within the limits. */
                requested: number;
                /** @description Those that the provider took. */
                sent: number;
                /** @description Those of which the provider says so, or whose code was answered. */
                delivered: number;
                /** @description Those whose code was answered right. */
                verified: number;
              }[];
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/audit-log': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List what administrators and applications changed, newest first
     * @description Kept for 400 days. Codes that are sent and checked are not in it: see `/api/messages`. The header `Total-Number` says how many entries there are in all.
     */
    get: {
      parameters: {
        query?: {
          /** @description Number of the page, from 1. */
          page?: number;
          /** @description Entries on a page. */
          page_size?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              /** @description Milliseconds since the epoch. */
              at: number;
              actor: {
                /** @enum {string} */
                type: 'administrator' | 'application';
                id: string;
                /** @description As it was then. */
                name: string;
              };
              /** @description For example `connector.set-up`. */
              action: string;
              subject: {
                type: string;
                id: string | null;
              };
              /** @description `fields` names the fields that were given; the values of a few are there, never secrets. */
              details: {
                [key: string]: unknown;
              };
            }[];
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/sign-in-exp': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get the sign-in experience */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              branding: {
                /** @description The name above the hosted pages; empty shows that of the application. */
                name: string;
                logoUrl: string | null;
                /** @description The logo on a dark background; without one, the other. */
                darkLogoUrl: string | null;
              };
              color: {
                primaryColor: string;
                darkPrimaryColor: string;
                /** @description Whether pages follow a device that prefers dark colours. */
                isDarkModeEnabled: boolean;
              };
              languageInfo: {
                /** @description Whether the language of the browser counts; `ui_locales` always does. */
                autoDetect: boolean;
                /** @enum {string} */
                fallbackLanguage: 'en' | 'zh-CN';
              };
              termsOfUseUrl: string | null;
              privacyPolicyUrl: string | null;
              /**
               * @description The country that the phone field begins with.
               * @enum {string}
               */
              defaultCountry:
                | 'AC'
                | 'AD'
                | 'AE'
                | 'AF'
                | 'AG'
                | 'AI'
                | 'AL'
                | 'AM'
                | 'AO'
                | 'AR'
                | 'AS'
                | 'AT'
                | 'AU'
                | 'AW'
                | 'AX'
                | 'AZ'
                | 'BA'
                | 'BB'
                | 'BD'
                | 'BE'
                | 'BF'
                | 'BG'
                | 'BH'
                | 'BI'
                | 'BJ'
                | 'BL'
                | 'BM'
                | 'BN'
                | 'BO'
                | 'BQ'
                | 'BR'
                | 'BS'
                | 'BT'
                | 'BW'
                | 'BY'
                | 'BZ'
                | 'CA'
                | 'CC'
                | 'CD'
                | 'CF'
                | 'CG'
                | 'CH'
                | 'CI'
                | 'CK'
                | 'CL'
                | 'CM'
                | 'CN'
                | 'CO'
                | 'CR'
                | 'CU'
                | 'CV'
                | 'CW'
                | 'CX'
                | 'CY'
                | 'CZ'
                | 'DE'
                | 'DJ'
                | 'DK'
                | 'DM'
                | 'DO'
                | 'DZ'
                | 'EC'
                | 'EE'
                | 'EG'
                | 'EH'
                | 'ER'
                | 'ES'
                | 'ET'
                | 'FI'
                | 'FJ'
                | 'FK'
                | 'FM'
                | 'FO'
                | 'FR'
                | 'GA'
                | 'GB'
                | 'GD'
                | 'GE'
                | 'GF'
                | 'GG'
                | 'GH'
                | 'GI'
                | 'GL'
                | 'GM'
                | 'GN'
                | 'GP'
                | 'GQ'
                | 'GR'
                | 'GT'
                | 'GU'
                | 'GW'
                | 'GY'
                | 'HK'
                | 'HN'
                | 'HR'
                | 'HT'
                | 'HU'
                | 'ID'
                | 'IE'
                | 'IL'
                | 'IM'
                | 'IN'
                | 'IO'
                | 'IQ'
                | 'IR'
                | 'IS'
                | 'IT'
                | 'JE'
                | 'JM'
                | 'JO'
                | 'JP'
                | 'KE'
                | 'KG'
                | 'KH'
                | 'KI'
                | 'KM'
                | 'KN'
                | 'KP'
                | 'KR'
                | 'KW'
                | 'KY'
                | 'KZ'
                | 'LA'
                | 'LB'
                | 'LC'
                | 'LI'
                | 'LK'
                | 'LR'
                | 'LS'
                | 'LT'
                | 'LU'
                | 'LV'
                | 'LY'
                | 'MA'
                | 'MC'
                | 'MD'
                | 'ME'
                | 'MF'
                | 'MG'
                | 'MH'
                | 'MK'
                | 'ML'
                | 'MM'
                | 'MN'
                | 'MO'
                | 'MP'
                | 'MQ'
                | 'MR'
                | 'MS'
                | 'MT'
                | 'MU'
                | 'MV'
                | 'MW'
                | 'MX'
                | 'MY'
                | 'MZ'
                | 'NA'
                | 'NC'
                | 'NE'
                | 'NF'
                | 'NG'
                | 'NI'
                | 'NL'
                | 'NO'
                | 'NP'
                | 'NR'
                | 'NU'
                | 'NZ'
                | 'OM'
                | 'PA'
                | 'PE'
                | 'PF'
                | 'PG'
                | 'PH'
                | 'PK'
                | 'PL'
                | 'PM'
                | 'PR'
                | 'PS'
                | 'PT'
                | 'PW'
                | 'PY'
                | 'QA'
                | 'RE'
                | 'RO'
                | 'RS'
                | 'RU'
                | 'RW'
                | 'SA'
                | 'SB'
                | 'SC'
                | 'SD'
                | 'SE'
                | 'SG'
                | 'SH'
                | 'SI'
                | 'SJ'
                | 'SK'
                | 'SL'
                | 'SM'
                | 'SN'
                | 'SO'
                | 'SR'
                | 'SS'
                | 'ST'
                | 'SV'
                | 'SX'
                | 'SY'
                | 'SZ'
                | 'TA'
                | 'TC'
                | 'TD'
                | 'TG'
                | 'TH'
                | 'TJ'
                | 'TK'
                | 'TL'
                | 'TM'
                | 'TN'
                | 'TO'
                | 'TR'
                | 'TT'
                | 'TV'
                | 'TW'
                | 'TZ'
                | 'UA'
                | 'UG'
                | 'US'
                | 'UY'
                | 'UZ'
                | 'VA'
                | 'VC'
                | 'VE'
                | 'VG'
                | 'VI'
                | 'VN'
                | 'VU'
                | 'WF'
                | 'WS'
                | 'XK'
                | 'YE'
                | 'YT'
                | 'ZA'
                | 'ZM'
                | 'ZW';
              /** @enum {string} */
              signInMode: 'SignIn' | 'Register' | 'SignInAndRegister';
              signUp: {
                /** @description What a new account needs; none means that nobody signs up. */
                identifiers: ('phone' | 'username')[];
                /** @description Whether a new account needs a password. */
                password: boolean;
                /**
                 * @description Phone numbers are always verified.
                 * @enum {boolean}
                 */
                verify: true;
              };
              signIn: {
                methods: {
                  /** @enum {string} */
                  identifier: 'phone' | 'username';
                  /** @description Whether the password signs in. */
                  password: boolean;
                  /** @description Whether a code signs in; for phone numbers only. */
                  verificationCode: boolean;
                  /** @description Whether the password is asked for first where both sign in. */
                  isPasswordPrimary: boolean;
                }[];
              };
              forgotPasswordMethods: 'PhoneVerificationCode'[];
              /** @description Whether messages of the hosted pages end with `@host #code`, so that browsers fill codes in on this host only; null: where the public URL is https. */
              originBoundCodes: boolean | null;
              verificationCodePolicy: {
                /** @description Digits of a code. */
                codeLength: number;
                /** @description How long a code is valid, in seconds. */
                expirationDuration: number;
                /** @description How many answers to one code are taken. */
                maxRetryAttempts: number;
              };
              messageRateLimitPolicy: {
                /** @description The window that sends are counted in, in seconds. */
                sendWindow: number;
                /** @description Sends to one number in a window. */
                maxSendsPerRecipient: number | null;
                /** @description Sends that one client address may ask for in a window, in the flows of end users. */
                maxSendsPerAddress: number | null;
                /** @description Sends in all in a window. */
                maxSendsTotal: number | null;
                /** @description How long end users wait before they can resend, in seconds. */
                resendInterval: number;
              };
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change the sign-in experience
     * @description What is left out stays as it is; lists are replaced as a whole.
     */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            branding?: {
              /** @description The name above the hosted pages; empty shows that of the application. */
              name?: string;
              logoUrl?: string | null;
              /** @description The logo on a dark background; without one, the other. */
              darkLogoUrl?: string | null;
            };
            color?: {
              primaryColor?: string;
              darkPrimaryColor?: string;
              /** @description Whether pages follow a device that prefers dark colours. */
              isDarkModeEnabled?: boolean;
            };
            languageInfo?: {
              /** @description Whether the language of the browser counts; `ui_locales` always does. */
              autoDetect?: boolean;
              /** @enum {string} */
              fallbackLanguage?: 'en' | 'zh-CN';
            };
            termsOfUseUrl?: string | null;
            privacyPolicyUrl?: string | null;
            /**
             * @description The country that the phone field begins with.
             * @enum {string}
             */
            defaultCountry?:
              | 'AC'
              | 'AD'
              | 'AE'
              | 'AF'
              | 'AG'
              | 'AI'
              | 'AL'
              | 'AM'
              | 'AO'
              | 'AR'
              | 'AS'
              | 'AT'
              | 'AU'
              | 'AW'
              | 'AX'
              | 'AZ'
              | 'BA'
              | 'BB'
              | 'BD'
              | 'BE'
              | 'BF'
              | 'BG'
              | 'BH'
              | 'BI'
              | 'BJ'
              | 'BL'
              | 'BM'
              | 'BN'
              | 'BO'
              | 'BQ'
              | 'BR'
              | 'BS'
              | 'BT'
              | 'BW'
              | 'BY'
              | 'BZ'
              | 'CA'
              | 'CC'
              | 'CD'
              | 'CF'
              | 'CG'
              | 'CH'
              | 'CI'
              | 'CK'
              | 'CL'
              | 'CM'
              | 'CN'
              | 'CO'
              | 'CR'
              | 'CU'
              | 'CV'
              | 'CW'
              | 'CX'
              | 'CY'
              | 'CZ'
              | 'DE'
              | 'DJ'
              | 'DK'
              | 'DM'
              | 'DO'
              | 'DZ'
              | 'EC'
              | 'EE'
              | 'EG'
              | 'EH'
              | 'ER'
              | 'ES'
              | 'ET'
              | 'FI'
              | 'FJ'
              | 'FK'
              | 'FM'
              | 'FO'
              | 'FR'
              | 'GA'
              | 'GB'
              | 'GD'
              | 'GE'
              | 'GF'
              | 'GG'
              | 'GH'
              | 'GI'
              | 'GL'
              | 'GM'
              | 'GN'
              | 'GP'
              | 'GQ'
              | 'GR'
              | 'GT'
              | 'GU'
              | 'GW'
              | 'GY'
              | 'HK'
              | 'HN'
              | 'HR'
              | 'HT'
              | 'HU'
              | 'ID'
              | 'IE'
              | 'IL'
              | 'IM'
              | 'IN'
              | 'IO'
              | 'IQ'
              | 'IR'
              | 'IS'
              | 'IT'
              | 'JE'
              | 'JM'
              | 'JO'
              | 'JP'
              | 'KE'
              | 'KG'
              | 'KH'
              | 'KI'
              | 'KM'
              | 'KN'
              | 'KP'
              | 'KR'
              | 'KW'
              | 'KY'
              | 'KZ'
              | 'LA'
              | 'LB'
              | 'LC'
              | 'LI'
              | 'LK'
              | 'LR'
              | 'LS'
              | 'LT'
              | 'LU'
              | 'LV'
              | 'LY'
              | 'MA'
              | 'MC'
              | 'MD'
              | 'ME'
              | 'MF'
              | 'MG'
              | 'MH'
              | 'MK'
              | 'ML'
              | 'MM'
              | 'MN'
              | 'MO'
              | 'MP'
              | 'MQ'
              | 'MR'
              | 'MS'
              | 'MT'
              | 'MU'
              | 'MV'
              | 'MW'
              | 'MX'
              | 'MY'
              | 'MZ'
              | 'NA'
              | 'NC'
              | 'NE'
              | 'NF'
              | 'NG'
              | 'NI'
              | 'NL'
              | 'NO'
              | 'NP'
              | 'NR'
              | 'NU'
              | 'NZ'
              | 'OM'
              | 'PA'
              | 'PE'
              | 'PF'
              | 'PG'
              | 'PH'
              | 'PK'
              | 'PL'
              | 'PM'
              | 'PR'
              | 'PS'
              | 'PT'
              | 'PW'
              | 'PY'
              | 'QA'
              | 'RE'
              | 'RO'
              | 'RS'
              | 'RU'
              | 'RW'
              | 'SA'
              | 'SB'
              | 'SC'
              | 'SD'
              | 'SE'
              | 'SG'
              | 'SH'
              | 'SI'
              | 'SJ'
              | 'SK'
              | 'SL'
              | 'SM'
              | 'SN'
              | 'SO'
              | 'SR'
              | 'SS'
              | 'ST'
              | 'SV'
              | 'SX'
              | 'SY'
              | 'SZ'
              | 'TA'
              | 'TC'
              | 'TD'
              | 'TG'
              | 'TH'
              | 'TJ'
              | 'TK'
              | 'TL'
              | 'TM'
              | 'TN'
              | 'TO'
              | 'TR'
              | 'TT'
              | 'TV'
              | 'TW'
              | 'TZ'
              | 'UA'
              | 'UG'
              | 'US'
              | 'UY'
              | 'UZ'
              | 'VA'
              | 'VC'
              | 'VE'
              | 'VG'
              | 'VI'
              | 'VN'
              | 'VU'
              | 'WF'
              | 'WS'
              | 'XK'
              | 'YE'
              | 'YT'
              | 'ZA'
              | 'ZM'
              | 'ZW';
            /** @enum {string} */
            signInMode?: 'SignIn' | 'Register' | 'SignInAndRegister';
            signUp?: {
              /** @description What a new account needs; none means that nobody signs up. */
              identifiers?: ('phone' | 'username')[];
              /** @description Whether a new account needs a password. */
              password?: boolean;
              /**
               * @description Phone numbers are always verified.
               * @enum {boolean}
               */
              verify?: true;
            };
            signIn?: {
              methods: {
                /** @enum {string} */
                identifier: 'phone' | 'username';
                /** @description Whether the password signs in. */
                password: boolean;
                /** @description Whether a code signs in; for phone numbers only. */
                verificationCode: boolean;
                /** @description Whether the password is asked for first where both sign in. */
                isPasswordPrimary: boolean;
              }[];
            };
            forgotPasswordMethods?: 'PhoneVerificationCode'[];
            /** @description Whether messages of the hosted pages end with `@host #code`, so that browsers fill codes in on this host only; null: where the public URL is https. */
            originBoundCodes?: boolean | null;
            verificationCodePolicy?: {
              /** @description Digits of a code. */
              codeLength?: number;
              /** @description How long a code is valid, in seconds. */
              expirationDuration?: number;
              /** @description How many answers to one code are taken. */
              maxRetryAttempts?: number;
            };
            messageRateLimitPolicy?: {
              /** @description The window that sends are counted in, in seconds. */
              sendWindow?: number;
              /** @description Sends to one number in a window. */
              maxSendsPerRecipient?: number | null;
              /** @description Sends that one client address may ask for in a window, in the flows of end users. */
              maxSendsPerAddress?: number | null;
              /** @description Sends in all in a window. */
              maxSendsTotal?: number | null;
              /** @description How long end users wait before they can resend, in seconds. */
              resendInterval?: number;
            };
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              branding: {
                /** @description The name above the hosted pages; empty shows that of the application. */
                name: string;
                logoUrl: string | null;
                /** @description The logo on a dark background; without one, the other. */
                darkLogoUrl: string | null;
              };
              color: {
                primaryColor: string;
                darkPrimaryColor: string;
                /** @description Whether pages follow a device that prefers dark colours. */
                isDarkModeEnabled: boolean;
              };
              languageInfo: {
                /** @description Whether the language of the browser counts; `ui_locales` always does. */
                autoDetect: boolean;
                /** @enum {string} */
                fallbackLanguage: 'en' | 'zh-CN';
              };
              termsOfUseUrl: string | null;
              privacyPolicyUrl: string | null;
              /**
               * @description The country that the phone field begins with.
               * @enum {string}
               */
              defaultCountry:
                | 'AC'
                | 'AD'
                | 'AE'
                | 'AF'
                | 'AG'
                | 'AI'
                | 'AL'
                | 'AM'
                | 'AO'
                | 'AR'
                | 'AS'
                | 'AT'
                | 'AU'
                | 'AW'
                | 'AX'
                | 'AZ'
                | 'BA'
                | 'BB'
                | 'BD'
                | 'BE'
                | 'BF'
                | 'BG'
                | 'BH'
                | 'BI'
                | 'BJ'
                | 'BL'
                | 'BM'
                | 'BN'
                | 'BO'
                | 'BQ'
                | 'BR'
                | 'BS'
                | 'BT'
                | 'BW'
                | 'BY'
                | 'BZ'
                | 'CA'
                | 'CC'
                | 'CD'
                | 'CF'
                | 'CG'
                | 'CH'
                | 'CI'
                | 'CK'
                | 'CL'
                | 'CM'
                | 'CN'
                | 'CO'
                | 'CR'
                | 'CU'
                | 'CV'
                | 'CW'
                | 'CX'
                | 'CY'
                | 'CZ'
                | 'DE'
                | 'DJ'
                | 'DK'
                | 'DM'
                | 'DO'
                | 'DZ'
                | 'EC'
                | 'EE'
                | 'EG'
                | 'EH'
                | 'ER'
                | 'ES'
                | 'ET'
                | 'FI'
                | 'FJ'
                | 'FK'
                | 'FM'
                | 'FO'
                | 'FR'
                | 'GA'
                | 'GB'
                | 'GD'
                | 'GE'
                | 'GF'
                | 'GG'
                | 'GH'
                | 'GI'
                | 'GL'
                | 'GM'
                | 'GN'
                | 'GP'
                | 'GQ'
                | 'GR'
                | 'GT'
                | 'GU'
                | 'GW'
                | 'GY'
                | 'HK'
                | 'HN'
                | 'HR'
                | 'HT'
                | 'HU'
                | 'ID'
                | 'IE'
                | 'IL'
                | 'IM'
                | 'IN'
                | 'IO'
                | 'IQ'
                | 'IR'
                | 'IS'
                | 'IT'
                | 'JE'
                | 'JM'
                | 'JO'
                | 'JP'
                | 'KE'
                | 'KG'
                | 'KH'
                | 'KI'
                | 'KM'
                | 'KN'
                | 'KP'
                | 'KR'
                | 'KW'
                | 'KY'
                | 'KZ'
                | 'LA'
                | 'LB'
                | 'LC'
                | 'LI'
                | 'LK'
                | 'LR'
                | 'LS'
                | 'LT'
                | 'LU'
                | 'LV'
                | 'LY'
                | 'MA'
                | 'MC'
                | 'MD'
                | 'ME'
                | 'MF'
                | 'MG'
                | 'MH'
                | 'MK'
                | 'ML'
                | 'MM'
                | 'MN'
                | 'MO'
                | 'MP'
                | 'MQ'
                | 'MR'
                | 'MS'
                | 'MT'
                | 'MU'
                | 'MV'
                | 'MW'
                | 'MX'
                | 'MY'
                | 'MZ'
                | 'NA'
                | 'NC'
                | 'NE'
                | 'NF'
                | 'NG'
                | 'NI'
                | 'NL'
                | 'NO'
                | 'NP'
                | 'NR'
                | 'NU'
                | 'NZ'
                | 'OM'
                | 'PA'
                | 'PE'
                | 'PF'
                | 'PG'
                | 'PH'
                | 'PK'
                | 'PL'
                | 'PM'
                | 'PR'
                | 'PS'
                | 'PT'
                | 'PW'
                | 'PY'
                | 'QA'
                | 'RE'
                | 'RO'
                | 'RS'
                | 'RU'
                | 'RW'
                | 'SA'
                | 'SB'
                | 'SC'
                | 'SD'
                | 'SE'
                | 'SG'
                | 'SH'
                | 'SI'
                | 'SJ'
                | 'SK'
                | 'SL'
                | 'SM'
                | 'SN'
                | 'SO'
                | 'SR'
                | 'SS'
                | 'ST'
                | 'SV'
                | 'SX'
                | 'SY'
                | 'SZ'
                | 'TA'
                | 'TC'
                | 'TD'
                | 'TG'
                | 'TH'
                | 'TJ'
                | 'TK'
                | 'TL'
                | 'TM'
                | 'TN'
                | 'TO'
                | 'TR'
                | 'TT'
                | 'TV'
                | 'TW'
                | 'TZ'
                | 'UA'
                | 'UG'
                | 'US'
                | 'UY'
                | 'UZ'
                | 'VA'
                | 'VC'
                | 'VE'
                | 'VG'
                | 'VI'
                | 'VN'
                | 'VU'
                | 'WF'
                | 'WS'
                | 'XK'
                | 'YE'
                | 'YT'
                | 'ZA'
                | 'ZM'
                | 'ZW';
              /** @enum {string} */
              signInMode: 'SignIn' | 'Register' | 'SignInAndRegister';
              signUp: {
                /** @description What a new account needs; none means that nobody signs up. */
                identifiers: ('phone' | 'username')[];
                /** @description Whether a new account needs a password. */
                password: boolean;
                /**
                 * @description Phone numbers are always verified.
                 * @enum {boolean}
                 */
                verify: true;
              };
              signIn: {
                methods: {
                  /** @enum {string} */
                  identifier: 'phone' | 'username';
                  /** @description Whether the password signs in. */
                  password: boolean;
                  /** @description Whether a code signs in; for phone numbers only. */
                  verificationCode: boolean;
                  /** @description Whether the password is asked for first where both sign in. */
                  isPasswordPrimary: boolean;
                }[];
              };
              forgotPasswordMethods: 'PhoneVerificationCode'[];
              /** @description Whether messages of the hosted pages end with `@host #code`, so that browsers fill codes in on this host only; null: where the public URL is https. */
              originBoundCodes: boolean | null;
              verificationCodePolicy: {
                /** @description Digits of a code. */
                codeLength: number;
                /** @description How long a code is valid, in seconds. */
                expirationDuration: number;
                /** @description How many answers to one code are taken. */
                maxRetryAttempts: number;
              };
              messageRateLimitPolicy: {
                /** @description The window that sends are counted in, in seconds. */
                sendWindow: number;
                /** @description Sends to one number in a window. */
                maxSendsPerRecipient: number | null;
                /** @description Sends that one client address may ask for in a window, in the flows of end users. */
                maxSendsPerAddress: number | null;
                /** @description Sends in all in a window. */
                maxSendsTotal: number | null;
                /** @description How long end users wait before they can resend, in seconds. */
                resendInterval: number;
              };
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    trace?: never;
  };
  '/api/sign-in-exp/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Show a hosted page as a change would make it
     * @description Nothing is changed. The page needs no other file, and runs no script.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @default {} */
            change?: {
              branding?: {
                /** @description The name above the hosted pages; empty shows that of the application. */
                name?: string;
                logoUrl?: string | null;
                /** @description The logo on a dark background; without one, the other. */
                darkLogoUrl?: string | null;
              };
              color?: {
                primaryColor?: string;
                darkPrimaryColor?: string;
                /** @description Whether pages follow a device that prefers dark colours. */
                isDarkModeEnabled?: boolean;
              };
              languageInfo?: {
                /** @description Whether the language of the browser counts; `ui_locales` always does. */
                autoDetect?: boolean;
                /** @enum {string} */
                fallbackLanguage?: 'en' | 'zh-CN';
              };
              termsOfUseUrl?: string | null;
              privacyPolicyUrl?: string | null;
              /**
               * @description The country that the phone field begins with.
               * @enum {string}
               */
              defaultCountry?:
                | 'AC'
                | 'AD'
                | 'AE'
                | 'AF'
                | 'AG'
                | 'AI'
                | 'AL'
                | 'AM'
                | 'AO'
                | 'AR'
                | 'AS'
                | 'AT'
                | 'AU'
                | 'AW'
                | 'AX'
                | 'AZ'
                | 'BA'
                | 'BB'
                | 'BD'
                | 'BE'
                | 'BF'
                | 'BG'
                | 'BH'
                | 'BI'
                | 'BJ'
                | 'BL'
                | 'BM'
                | 'BN'
                | 'BO'
                | 'BQ'
                | 'BR'
                | 'BS'
                | 'BT'
                | 'BW'
                | 'BY'
                | 'BZ'
                | 'CA'
                | 'CC'
                | 'CD'
                | 'CF'
                | 'CG'
                | 'CH'
                | 'CI'
                | 'CK'
                | 'CL'
                | 'CM'
                | 'CN'
                | 'CO'
                | 'CR'
                | 'CU'
                | 'CV'
                | 'CW'
                | 'CX'
                | 'CY'
                | 'CZ'
                | 'DE'
                | 'DJ'
                | 'DK'
                | 'DM'
                | 'DO'
                | 'DZ'
                | 'EC'
                | 'EE'
                | 'EG'
                | 'EH'
                | 'ER'
                | 'ES'
                | 'ET'
                | 'FI'
                | 'FJ'
                | 'FK'
                | 'FM'
                | 'FO'
                | 'FR'
                | 'GA'
                | 'GB'
                | 'GD'
                | 'GE'
                | 'GF'
                | 'GG'
                | 'GH'
                | 'GI'
                | 'GL'
                | 'GM'
                | 'GN'
                | 'GP'
                | 'GQ'
                | 'GR'
                | 'GT'
                | 'GU'
                | 'GW'
                | 'GY'
                | 'HK'
                | 'HN'
                | 'HR'
                | 'HT'
                | 'HU'
                | 'ID'
                | 'IE'
                | 'IL'
                | 'IM'
                | 'IN'
                | 'IO'
                | 'IQ'
                | 'IR'
                | 'IS'
                | 'IT'
                | 'JE'
                | 'JM'
                | 'JO'
                | 'JP'
                | 'KE'
                | 'KG'
                | 'KH'
                | 'KI'
                | 'KM'
                | 'KN'
                | 'KP'
                | 'KR'
                | 'KW'
                | 'KY'
                | 'KZ'
                | 'LA'
                | 'LB'
                | 'LC'
                | 'LI'
                | 'LK'
                | 'LR'
                | 'LS'
                | 'LT'
                | 'LU'
                | 'LV'
                | 'LY'
                | 'MA'
                | 'MC'
                | 'MD'
                | 'ME'
                | 'MF'
                | 'MG'
                | 'MH'
                | 'MK'
                | 'ML'
                | 'MM'
                | 'MN'
                | 'MO'
                | 'MP'
                | 'MQ'
                | 'MR'
                | 'MS'
                | 'MT'
                | 'MU'
                | 'MV'
                | 'MW'
                | 'MX'
                | 'MY'
                | 'MZ'
                | 'NA'
                | 'NC'
                | 'NE'
                | 'NF'
                | 'NG'
                | 'NI'
                | 'NL'
                | 'NO'
                | 'NP'
                | 'NR'
                | 'NU'
                | 'NZ'
                | 'OM'
                | 'PA'
                | 'PE'
                | 'PF'
                | 'PG'
                | 'PH'
                | 'PK'
                | 'PL'
                | 'PM'
                | 'PR'
                | 'PS'
                | 'PT'
                | 'PW'
                | 'PY'
                | 'QA'
                | 'RE'
                | 'RO'
                | 'RS'
                | 'RU'
                | 'RW'
                | 'SA'
                | 'SB'
                | 'SC'
                | 'SD'
                | 'SE'
                | 'SG'
                | 'SH'
                | 'SI'
                | 'SJ'
                | 'SK'
                | 'SL'
                | 'SM'
                | 'SN'
                | 'SO'
                | 'SR'
                | 'SS'
                | 'ST'
                | 'SV'
                | 'SX'
                | 'SY'
                | 'SZ'
                | 'TA'
                | 'TC'
                | 'TD'
                | 'TG'
                | 'TH'
                | 'TJ'
                | 'TK'
                | 'TL'
                | 'TM'
                | 'TN'
                | 'TO'
                | 'TR'
                | 'TT'
                | 'TV'
                | 'TW'
                | 'TZ'
                | 'UA'
                | 'UG'
                | 'US'
                | 'UY'
                | 'UZ'
                | 'VA'
                | 'VC'
                | 'VE'
                | 'VG'
                | 'VI'
                | 'VN'
                | 'VU'
                | 'WF'
                | 'WS'
                | 'XK'
                | 'YE'
                | 'YT'
                | 'ZA'
                | 'ZM'
                | 'ZW';
              /** @enum {string} */
              signInMode?: 'SignIn' | 'Register' | 'SignInAndRegister';
              signUp?: {
                /** @description What a new account needs; none means that nobody signs up. */
                identifiers?: ('phone' | 'username')[];
                /** @description Whether a new account needs a password. */
                password?: boolean;
                /**
                 * @description Phone numbers are always verified.
                 * @enum {boolean}
                 */
                verify?: true;
              };
              signIn?: {
                methods: {
                  /** @enum {string} */
                  identifier: 'phone' | 'username';
                  /** @description Whether the password signs in. */
                  password: boolean;
                  /** @description Whether a code signs in; for phone numbers only. */
                  verificationCode: boolean;
                  /** @description Whether the password is asked for first where both sign in. */
                  isPasswordPrimary: boolean;
                }[];
              };
              forgotPasswordMethods?: 'PhoneVerificationCode'[];
              /** @description Whether messages of the hosted pages end with `@host #code`, so that browsers fill codes in on this host only; null: where the public URL is https. */
              originBoundCodes?: boolean | null;
              verificationCodePolicy?: {
                /** @description Digits of a code. */
                codeLength?: number;
                /** @description How long a code is valid, in seconds. */
                expirationDuration?: number;
                /** @description How many answers to one code are taken. */
                maxRetryAttempts?: number;
              };
              messageRateLimitPolicy?: {
                /** @description The window that sends are counted in, in seconds. */
                sendWindow?: number;
                /** @description Sends to one number in a window. */
                maxSendsPerRecipient?: number | null;
                /** @description Sends that one client address may ask for in a window, in the flows of end users. */
                maxSendsPerAddress?: number | null;
                /** @description Sends in all in a window. */
                maxSendsTotal?: number | null;
                /** @description How long end users wait before they can resend, in seconds. */
                resendInterval?: number;
              };
            };
            /**
             * @default sign-in
             * @enum {string}
             */
            page?: 'sign-in' | 'register' | 'code' | 'forgot-password';
            /**
             * @default en
             * @enum {string}
             */
            language?: 'en' | 'zh-CN';
            /**
             * @default light
             * @enum {string}
             */
            colorScheme?: 'light' | 'dark';
            /**
             * @description For the style elements, where the page is shown under a Content Security Policy.
             * @default
             */
            nonce?: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              html: string;
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/applications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List applications
     * @description A page of the applications, newest first; the header `Total-Number` says how many there are in all.
     */
    get: {
      parameters: {
        query?: {
          page?: number;
          page_size?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The applications of the page. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              name: string;
              description: string | null;
              /**
               * @description SPA and Native are public clients without a secret. MachineToMachine is a back end that calls the Management API.
               * @enum {string}
               */
              type: 'SPA' | 'Native' | 'Traditional' | 'MachineToMachine';
              oidcClientMetadata: {
                redirectUris: string[];
                postLogoutRedirectUris: string[];
              };
              customData: {
                [key: string]: unknown;
              };
              /** @description Milliseconds since the epoch. */
              createdAt: number;
              /** @description Milliseconds since the epoch. */
              updatedAt: number;
            }[];
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    /**
     * Create an application
     * @description Makes an application. The reply is the only one that tells its secret.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description How the application is called. */
            name: string;
            /**
             * @description SPA and Native are public clients without a secret. MachineToMachine is a back end that calls the Management API.
             * @enum {string}
             */
            type: 'SPA' | 'Native' | 'Traditional' | 'MachineToMachine';
            description?: string | null;
            oidcClientMetadata?: {
              /** @description Where a sign-in may lead back to, each in full: https, http for localhost; Native: any own scheme. */
              redirectUris?: string[];
              /** @description Where a sign-out may lead back to. */
              postLogoutRedirectUris?: string[];
            };
            /** @description Any JSON object of your own; replaces the one before. */
            customData?: {
              [key: string]: unknown;
            };
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              name: string;
              description: string | null;
              /**
               * @description SPA and Native are public clients without a secret. MachineToMachine is a back end that calls the Management API.
               * @enum {string}
               */
              type: 'SPA' | 'Native' | 'Traditional' | 'MachineToMachine';
              oidcClientMetadata: {
                redirectUris: string[];
                postLogoutRedirectUris: string[];
              };
              customData: {
                [key: string]: unknown;
              };
              /** @description Milliseconds since the epoch. */
              createdAt: number;
              /** @description Milliseconds since the epoch. */
              updatedAt: number;
              /** @description The secret. It is told this once: keep it. */
              secret?: string;
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/applications/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get an application
     * @description The application with this id, without its secret.
     */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Id of the application. */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The application. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              name: string;
              description: string | null;
              /**
               * @description SPA and Native are public clients without a secret. MachineToMachine is a back end that calls the Management API.
               * @enum {string}
               */
              type: 'SPA' | 'Native' | 'Traditional' | 'MachineToMachine';
              oidcClientMetadata: {
                redirectUris: string[];
                postLogoutRedirectUris: string[];
              };
              customData: {
                [key: string]: unknown;
              };
              /** @description Milliseconds since the epoch. */
              createdAt: number;
              /** @description Milliseconds since the epoch. */
              updatedAt: number;
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    /**
     * Delete an application
     * @description Deletes an application for good. Its access tokens end within half a minute.
     */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Id of the application. */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    /**
     * Change an application
     * @description Changes the fields that are given. The type stays.
     */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Id of the application. */
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description How the application is called. */
            name?: string;
            description?: string | null;
            oidcClientMetadata?: {
              /** @description Where a sign-in may lead back to, each in full: https, http for localhost; Native: any own scheme. */
              redirectUris?: string[];
              /** @description Where a sign-out may lead back to. */
              postLogoutRedirectUris?: string[];
            };
            /** @description Any JSON object of your own; replaces the one before. */
            customData?: {
              [key: string]: unknown;
            };
          };
        };
      };
      responses: {
        /** @description The application. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              name: string;
              description: string | null;
              /**
               * @description SPA and Native are public clients without a secret. MachineToMachine is a back end that calls the Management API.
               * @enum {string}
               */
              type: 'SPA' | 'Native' | 'Traditional' | 'MachineToMachine';
              oidcClientMetadata: {
                redirectUris: string[];
                postLogoutRedirectUris: string[];
              };
              customData: {
                [key: string]: unknown;
              };
              /** @description Milliseconds since the epoch. */
              createdAt: number;
              /** @description Milliseconds since the epoch. */
              updatedAt: number;
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    trace?: never;
  };
  '/api/applications/{id}/secrets/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Replace the secret of an application
     * @description The old secret stops working at once; tokens that it got work until they expire, an hour at most. The reply is the only one that tells the new secret.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Id of the application. */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              name: string;
              description: string | null;
              /**
               * @description SPA and Native are public clients without a secret. MachineToMachine is a back end that calls the Management API.
               * @enum {string}
               */
              type: 'SPA' | 'Native' | 'Traditional' | 'MachineToMachine';
              oidcClientMetadata: {
                redirectUris: string[];
                postLogoutRedirectUris: string[];
              };
              customData: {
                [key: string]: unknown;
              };
              /** @description Milliseconds since the epoch. */
              createdAt: number;
              /** @description Milliseconds since the epoch. */
              updatedAt: number;
              /** @description The secret. It is told this once: keep it. */
              secret: string;
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List users
     * @description A page of the users, newest first; the header `Total-Number` says how many there are in all. A search finds users whose username, name, last name or phone number starts with it, up to 1,000 of each.
     */
    get: {
      parameters: {
        query?: {
          /** @description Number of the page, from 1. */
          page?: number;
          /** @description Entries on a page. */
          page_size?: number;
          /** @description Start of a username, name, last name or phone number, or an id. `%` at either end is ignored. */
          search?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The users of the page. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              username: string | null;
              primaryEmail: null;
              /** @description E.164 with the plus. */
              primaryPhone: string | null;
              name: string | null;
              avatar: null;
              customData: {
                [key: string]: unknown;
              };
              identities: Record<string, never>;
              profile: {
                [key: string]: unknown;
              };
              lastSignInAt: number | null;
              /** @description Milliseconds since the epoch. */
              createdAt: number;
              /** @description Milliseconds since the epoch. */
              updatedAt: number;
              applicationId: null;
              isSuspended: boolean;
              hasPassword: boolean;
            }[];
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    /**
     * Create a user
     * @description Makes a user. A phone number and a username belong to one user at most.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description Phone number in E.164, with or without the plus; spaces and dashes are allowed. */
            primaryPhone?: string | null;
            /** @description Letters, digits and underscores; the first is not a digit. Upper and lower case matter. */
            username?: string | null;
            /** @description How the user is called. */
            name?: string | null;
            /** @description Any JSON object of your own; replaces the one before. */
            customData?: {
              [key: string]: unknown;
            };
            /** @description Standard claims of OpenID Connect; replaces those before. */
            profile?: {
              [key: string]: unknown;
            };
            /** @description 8 to 256 characters. */
            password?: string;
          };
        };
      };
      responses: {
        /** @description The user. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              username: string | null;
              primaryEmail: null;
              /** @description E.164 with the plus. */
              primaryPhone: string | null;
              name: string | null;
              avatar: null;
              customData: {
                [key: string]: unknown;
              };
              identities: Record<string, never>;
              profile: {
                [key: string]: unknown;
              };
              lastSignInAt: number | null;
              /** @description Milliseconds since the epoch. */
              createdAt: number;
              /** @description Milliseconds since the epoch. */
              updatedAt: number;
              applicationId: null;
              isSuspended: boolean;
              hasPassword: boolean;
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /**
         * @description `user.username_already_in_use`: The username is already in use.
         *
         *     `user.phone_already_in_use`: The phone number belongs to another user.
         *
         *     `password.rejected`: The password is not accepted.
         */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/users/{userId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get a user
     * @description The user with this id.
     */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Id of the user. */
          userId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The user. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              username: string | null;
              primaryEmail: null;
              /** @description E.164 with the plus. */
              primaryPhone: string | null;
              name: string | null;
              avatar: null;
              customData: {
                [key: string]: unknown;
              };
              identities: Record<string, never>;
              profile: {
                [key: string]: unknown;
              };
              lastSignInAt: number | null;
              /** @description Milliseconds since the epoch. */
              createdAt: number;
              /** @description Milliseconds since the epoch. */
              updatedAt: number;
              applicationId: null;
              isSuspended: boolean;
              hasPassword: boolean;
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    /**
     * Delete a user
     * @description Deletes a user for good, and signs them out everywhere. The phone number and the username can be used again.
     */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Id of the user. */
          userId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    /**
     * Change a user
     * @description Changes the fields that are given; `null` takes a field away.
     */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Id of the user. */
          userId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description Phone number in E.164, with or without the plus; spaces and dashes are allowed. */
            primaryPhone?: string | null;
            /** @description Letters, digits and underscores; the first is not a digit. Upper and lower case matter. */
            username?: string | null;
            /** @description How the user is called. */
            name?: string | null;
            /** @description Any JSON object of your own; replaces the one before. */
            customData?: {
              [key: string]: unknown;
            };
            /** @description Standard claims of OpenID Connect; replaces those before. */
            profile?: {
              [key: string]: unknown;
            };
          };
        };
      };
      responses: {
        /** @description The user. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              username: string | null;
              primaryEmail: null;
              /** @description E.164 with the plus. */
              primaryPhone: string | null;
              name: string | null;
              avatar: null;
              customData: {
                [key: string]: unknown;
              };
              identities: Record<string, never>;
              profile: {
                [key: string]: unknown;
              };
              lastSignInAt: number | null;
              /** @description Milliseconds since the epoch. */
              createdAt: number;
              /** @description Milliseconds since the epoch. */
              updatedAt: number;
              applicationId: null;
              isSuspended: boolean;
              hasPassword: boolean;
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /**
         * @description `user.username_already_in_use`: The username is already in use.
         *
         *     `user.phone_already_in_use`: The phone number belongs to another user.
         */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    trace?: never;
  };
  '/api/users/{userId}/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Set the password of a user
     * @description Sets the password, whether or not there was one.
     */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Id of the user. */
          userId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description 8 to 256 characters. */
            password: string;
          };
        };
      };
      responses: {
        /** @description The user. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              username: string | null;
              primaryEmail: null;
              /** @description E.164 with the plus. */
              primaryPhone: string | null;
              name: string | null;
              avatar: null;
              customData: {
                [key: string]: unknown;
              };
              identities: Record<string, never>;
              profile: {
                [key: string]: unknown;
              };
              lastSignInAt: number | null;
              /** @description Milliseconds since the epoch. */
              createdAt: number;
              /** @description Milliseconds since the epoch. */
              updatedAt: number;
              applicationId: null;
              isSuspended: boolean;
              hasPassword: boolean;
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `password.rejected`: The password is not accepted. */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    trace?: never;
  };
  '/api/users/{userId}/is-suspended': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Suspend a user, or take it back
     * @description A suspended user is signed out everywhere at once, and cannot sign in.
     */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Id of the user. */
          userId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            isSuspended: boolean;
          };
        };
      };
      responses: {
        /** @description The user. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              username: string | null;
              primaryEmail: null;
              /** @description E.164 with the plus. */
              primaryPhone: string | null;
              name: string | null;
              avatar: null;
              customData: {
                [key: string]: unknown;
              };
              identities: Record<string, never>;
              profile: {
                [key: string]: unknown;
              };
              lastSignInAt: number | null;
              /** @description Milliseconds since the epoch. */
              createdAt: number;
              /** @description Milliseconds since the epoch. */
              updatedAt: number;
              applicationId: null;
              isSuspended: boolean;
              hasPassword: boolean;
            };
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    trace?: never;
  };
  '/api/configs/oidc/private-keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the keys that sign tokens */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The current one first. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @description What tokens name the key by (`kid`). */
              id: string;
              /** @description From when on the key signs, in milliseconds since the epoch. */
              effectiveAt: number;
              /** @description The same. */
              createdAt: number;
              /** @enum {string} */
              signingKeyAlgorithm: 'EC';
              /**
               * @description The current key signs; the previous ones still verify; the next one is published already.
               * @enum {string}
               */
              status: 'Next' | 'Current' | 'Previous';
            }[];
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/configs/oidc/private-keys/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Replace the key that signs tokens
     * @description Keys are replaced every 90 days without this, with a day’s notice. Here a new key signs from now on; what the old one signed still verifies, for 90 days.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @enum {string} */
            signingKeyAlgorithm?: 'EC';
          } | null;
        };
      };
      responses: {
        /** @description The current one first. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @description What tokens name the key by (`kid`). */
              id: string;
              /** @description From when on the key signs, in milliseconds since the epoch. */
              effectiveAt: number;
              /** @description The same. */
              createdAt: number;
              /** @enum {string} */
              signingKeyAlgorithm: 'EC';
              /**
               * @description The current key signs; the previous ones still verify; the next one is published already.
               * @enum {string}
               */
              status: 'Next' | 'Current' | 'Previous';
            }[];
          };
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/configs/oidc/private-keys/{keyId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Delete an old key
     * @description For a key that others may know: within half a minute nothing that it signed is accepted any more.
     */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          keyId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Done. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description `guard.invalid_input`: The request is not as it should be. */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.unauthorized`: The request carries no valid proof of who is calling. */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `auth.forbidden`: The caller is not allowed to do this. */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `entity.not_found`: There is no such thing. */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `oidc.key_required`: This key is the one that signs. */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description `system.unavailable`: The database does not answer. */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              code: string;
              message: string;
              data?: {
                [key: string]: unknown;
              };
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: never;
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
