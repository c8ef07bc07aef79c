namespace AgentFlow.Core.Tests.Deployments.BuildLogs;

/// <summary>Messages over several lines: dumps, lists, names before and after their verdict.</summary>
public sealed class BlockTests
{
    public static TheoryData<string, string, string> Blocks => new()
    {
        { "t3-env with zod 3", """
            ❌ Invalid environment variables: { MAIL_FROM: [ 'Required' ], MAIL_HOST: [ 'Required' ] }
            /app/node_modules/@t3-oss/env-core/dist/index.js:31
                throw new Error("Invalid environment variables");
            """, "MAIL_FROM MAIL_HOST" },
        { "t3-env over lines", """
            ❌ Invalid environment variables: {
              MAIL_FROM: [ 'Required' ],
              MAIL_HOST: [
                'String must contain at least 1 character(s)'
              ]
            }
            """, "MAIL_FROM MAIL_HOST" },
        { "t3-env with standard schema", """
            ❌ Invalid environment variables: [
              {
                code: 'invalid_type',
                expected: 'string',
                received: 'undefined',
                path: [ 'MAIL_FROM' ],
                message: 'Required'
              },
              { kind: 'schema', type: 'string', input: undefined, expected: 'string', received: 'undefined', message: 'Invalid type', path: [ { type: 'object', origin: 'value', input: {}, key: 'MAIL_HOST', value: undefined } ] }
            ]
            """, "MAIL_FROM MAIL_HOST" },
        { "zod 4 message", """
            ZodError: [
              {
                "expected": "string",
                "code": "invalid_type",
                "path": [
                  "MAIL_FROM"
                ],
                "message": "Invalid input: expected string, received undefined"
              }
            ]
            """, "MAIL_FROM" },
        { "zod format", """
            { _errors: [], MAIL_FROM: { _errors: [ 'Required' ] } }
            """, "MAIL_FROM" },
        { "zod treeify", """
            {
              errors: [],
              properties: { MAIL_FROM: { errors: [ 'Invalid input: expected string, received undefined' ] } }
            }
            """, "MAIL_FROM" },
        { "zod flatten", """
            { formErrors: [], fieldErrors: { MAIL_FROM: [ 'Required' ], MAIL_HOST: [ 'Required' ] } }
            """, "MAIL_FROM MAIL_HOST" },
        { "zod prettify", """
            ✖ Invalid input: expected string, received undefined
              → at MAIL_FROM
            """, "MAIL_FROM" },
        { "ajv errors", """
            [
              {
                instancePath: '',
                schemaPath: '#/required',
                keyword: 'required',
                params: { missingProperty: 'MAIL_FROM' },
                message: "must have required property 'MAIL_FROM'"
              }
            ]
            """, "MAIL_FROM" },
        { "class-validator", """
            Error: An instance of EnvironmentVariables has failed the validation:
             - property MAIL_FROM has failed the following constraints: isString
             - property MAIL_PORT has failed the following constraints: isNumber
            """, "MAIL_FROM MAIL_PORT" },
        { "pydantic 2", """
            pydantic_core._pydantic_core.ValidationError: 2 validation errors for Settings
            MAIL_FROM
              Field required [type=missing, input_value={}, input_type=dict]
                For further information visit https://errors.pydantic.dev/2.11/v/missing
            MAIL_HOST
              Field required [type=missing, input_value={}, input_type=dict]
            """, "MAIL_FROM MAIL_HOST" },
        { "pydantic errors()", """
            [{'type': 'missing', 'loc': ('MAIL_FROM',), 'msg': 'Field required', 'input': {}}]
            """, "MAIL_FROM" },
        { "envalid", """
            ================================
             Invalid environment variables:
                MAIL_PORT: Invalid number input: "abc"
             Missing environment variables:
                MAIL_FROM: The sender (eg. "x"). See docs
                MAIL_HOST: (required)

             Exiting with error code 1
            ================================
            """, "MAIL_FROM MAIL_HOST MAIL_PORT" },
        { "dotenv-safe", """
            MissingEnvVarsError: The following variables were defined in .env.example but are not present in the environment:
              MAIL_FROM, MAIL_HOST
            Make sure to add them to .env or directly to the environment.
            """, "MAIL_FROM MAIL_HOST" },
        { "Astro", """
            [EnvInvalidVariables] The following environment variables defined in `env.schema` are invalid:

            - MAIL_FROM is missing
            - MAIL_HOST is missing

              Error reference:
            """, "MAIL_FROM MAIL_HOST" },
        { "znv", """
            Error: Errors found while parsing environment:
              [MAIL_FROM]: Required
                (received undefined)
              [MAIL_HOST]: Required
            """, "MAIL_FROM MAIL_HOST" },
        { "bullets", """
            ❌ Missing required environment variables:
               - MAIL_FROM
               • MAIL_HOST: host of the relay
               3. MAIL_PORT

            Please add them to Vercel. See MAIL_README for more.
            """, "MAIL_FROM MAIL_HOST MAIL_PORT" },
        { "header without colon", """
            Error: The following required environment variables are not set
              MAIL_FROM
              MAIL_HOST
            done
            """, "MAIL_FROM MAIL_HOST" },
        { "a checklist", """
            Checking environment variables...
            ✅ MAIL_FROM is set
            ❌ MAIL_HOST is missing
            """, "MAIL_HOST" },
        { "Python trace", """
            Traceback (most recent call last):
              File "/app/main.py", line 3, in <module>
                sender = os.environ["MAIL_FROM"]
              File "<frozen os>", line 685, in __getitem__
            KeyError: 'MAIL_FROM'
            """, "MAIL_FROM" },
        { "Python trace of another dictionary", """
            Traceback (most recent call last):
              File "/app/main.py", line 3, in <module>
                sender = row["MAIL_FROM"]
            KeyError: 'MAIL_FROM'
            """, "" },
        { "Elixir with an example", """
            ** (RuntimeError) environment variable ECTO_URL is missing.
            For example: ecto://USER:PASS@HOST/DATABASE

                config/runtime.exs:29: (file)
            """, "ECTO_URL" },
        { "wrapped by a box", """
            ┌──────────────────────────────────────┐
            │ Missing environment variables:       │
            │   MAIL_FROM                          │
            │   MAIL_HOST                          │
            └──────────────────────────────────────┘
            """, "MAIL_FROM MAIL_HOST" },
        { "Prisma with its excerpt", """
            Error code: P1012
            error: Environment variable not found: DIRECT_PG_URL.
              -->  prisma/schema.prisma:8
               |
             7 |   url       = env("MAIN_PG_URL")
             8 |   directUrl = env("DIRECT_PG_URL")
               |
            """, "DIRECT_PG_URL" },
        { "caret behind the access", """
            /app/lib/push.js:6
            const key = process.env.PUSH_KEY_ID.trim();
                                                ^

            TypeError: Cannot read properties of undefined (reading 'trim')
            """, "PUSH_KEY_ID" },
        { "assertion", """
            AssertionError [ERR_ASSERTION]: The expression evaluated to a falsy value:

              assert(process.env.PUSH_KEY_ID)
            """, "PUSH_KEY_ID" },
        { "workspace and times before each line", """
            10:12:01.123 web:build: ❌ Invalid environment variables: [
            10:12:01.124 web:build:   {
            10:12:01.124 web:build:     code: 'invalid_type',
            10:12:01.125 web:build:     path: [ 'MAIL_FROM' ],
            10:12:01.125 web:build:     message: 'Required'
            10:12:01.126 web:build:   }
            10:12:01.126 web:build: ]
            """, "MAIL_FROM" },
        { "a list in a JSON log line", """
            {"level":50,"time":1700000000000,"msg":"Missing environment variables:\n  - MAIL_FROM\n  - MAIL_HOST"}
            """, "MAIL_FROM MAIL_HOST" },
        { "BuildKit", """
            #12 3.451 deploy.sh: line 4: MAIL_FROM: unbound variable
            #12 3.460 ./deploy.sh: 9: MAIL_HOST: parameter not set
            #12 3.460 ./deploy.sh: line 12: MAIL_PORT: must be set
            """, "MAIL_FROM MAIL_HOST MAIL_PORT" },
        { "varlock", """
            🚨 🚨 🚨  Configuration is currently invalid  🚨 🚨 🚨

            Invalid items:

            ❌ MAIL_FROM*  🔐sensitive
               └ undefined
               - Value is required but is currently empty

            ❌ MAIL_MODE*
               └ "sometimes"
               - Value must be one of: test, live
            """, "MAIL_FROM MAIL_MODE" },
        { "AdonisJS", """
            EnvValidationException: Validation failed for one or more environment variables

            - Missing environment variable "MAIL_FROM"
            - Value for environment variable "MAIL_DISK" must be one of "fs, s3", instead received "disk"
            """, "MAIL_DISK MAIL_FROM" },
        { "a validator of Vite's variables", """
            Error: Failed to validate environment variables :
            ❌ Invalid value for "VITE_MAIL" : Required
            ❌ Invalid value for "VITE_HOST" : String must contain at least 1 character(s)
            """, "VITE_HOST VITE_MAIL" },
        { "Effect's schema", """
            ParseError: { readonly MAIL_FROM: string; readonly MAIL_PORT: NumberFromString }
            ├─ ["MAIL_FROM"]
            │  └─ is missing
            └─ ["MAIL_PORT"]
               └─ NumberFromString
                  └─ Transformation process failure
                     └─ Unable to decode "many" into a number
            """, "MAIL_FROM MAIL_PORT" },
        { "pydantic 1", """
            pydantic.error_wrappers.ValidationError: 2 validation errors for Settings
            MAIL_FROM
              field required (type=value_error.missing)
            MAIL_PORT
              value is not a valid integer (type=type_error.integer)
            """, "MAIL_FROM MAIL_PORT" },
        { "yup", """
            ValidationError: 2 errors occurred {
              errors: [ 'MAIL_FROM is a required field', 'MAIL_MODE must be one of the following values: a, b' ],
              inner: []
            }
            """, "MAIL_FROM MAIL_MODE" },
        { "a label and a bullet below it", """
            ✖ Validation errors:
            MAIL_FROM:
            - required field
            """, "MAIL_FROM" },
        { "console.table", """
            ┌─────────┬─────────────┬───────────┐
            │ (index) │ name        │ status    │
            ├─────────┼─────────────┼───────────┤
            │ 0       │ 'MAIL_FROM' │ 'missing' │
            │ 1       │ 'MAIL_HOST' │ 'ok'      │
            └─────────┴─────────────┴───────────┘
            """, "MAIL_FROM" },
        { "a table that asks whether each is set", """
            | Variable | Required | Set |
            |----------|----------|-----|
            | MAIL_FROM | yes | no |
            | MAIL_HOST | yes | yes |
            | MAIL_NOTE | no | no |
            """, "MAIL_FROM" },
        { "ticks and crosses on one line", """
            ✔ MAIL_HOST  ✖ MAIL_FROM  ✖ MAIL_PORT
            2 required variables missing
            """, "MAIL_FROM MAIL_PORT" },
        { "crosses behind the names", """
            Checking environment
              MAIL_HOST: ✅ Set
              MAIL_FROM: ❌ Missing
              MAIL_PORT: ❌
            """, "MAIL_FROM MAIL_PORT" },
        { "counted sections", """
            ✅ Present (1):
               MAIL_HOST
            ❌ Missing (2):
               MAIL_FROM
               MAIL_PORT
            ⚠️ Optional (1):
               MAIL_NOTE
            """, "MAIL_FROM MAIL_PORT" },
        { "a list with leaders", """
            The following environment variables are required but were not found:

               MAIL_FROM .......... sender address
               MAIL_HOST .......... the relay
            """, "MAIL_FROM MAIL_HOST" },
        { "names in a field of a JSON log line", """
            {"severity":"ERROR","message":"Missing environment variables","variables":["MAIL_FROM","MAIL_HOST"],"service":"mail"}
            """, "MAIL_FROM MAIL_HOST" },
        { "SvelteKit with rolldown", """
            [MISSING_EXPORT] "MAIL_FROM" is not exported by "$env/static/private".
            No matching export in "virtual:env/static/public" for import "PUBLIC_HOST"
            """, "MAIL_FROM PUBLIC_HOST" },
    };

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Names_are_found_over_lines(string format, string log, string names)
    {
        Assert.NotEmpty(format);
        Assert.Equal(names, Scan.Names(log));
    }
}
