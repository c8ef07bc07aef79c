namespace AgentFlow.Core.Tests.Deployments.BuildLogs;

/// <summary>Messages on one line, worded as the tools' own sources and documentation word them.</summary>
public sealed class SentenceTests
{
    [Theory]
    // Prisma
    [InlineData("error: Environment variable not found: SHADOW_URL.", "SHADOW_URL")]
    [InlineData("PrismaConfigEnvError: Missing required environment variable: PG_MAIN_URL", "PG_MAIN_URL")]
    [InlineData("PrismaConfigEnvError: Cannot resolve environment variable: PG_MAIN_URL.", "PG_MAIN_URL")]
    [InlineData("error: Error validating datasource `db`: You must provide a nonempty URL. The environment variable `PG_MAIN_URL` resolved to an empty string.", "PG_MAIN_URL")]
    // Next.js, Supabase, Convex, Sanity starters
    [InlineData(" ⨯ Missing required environment variables: CMS_HOST, CMS_TOKEN_RO", "CMS_HOST CMS_TOKEN_RO")]
    [InlineData("Error: either NEXT_PUBLIC_SB_URL and NEXT_PUBLIC_SB_ANON env variables or supabaseUrl and supabaseKey are required!", "NEXT_PUBLIC_SB_ANON NEXT_PUBLIC_SB_URL")]
    [InlineData("Environment variable AUTH_ISSUER is used in auth config file but its value was not set.", "AUTH_ISSUER")]
    [InlineData("✖ No CONVEX_DEPLOYMENT set, run `npx convex dev` to configure a Convex project", "CONVEX_DEPLOYMENT")]
    [InlineData("Error: Missing environment variable: NEXT_PUBLIC_DATASET_NAME", "NEXT_PUBLIC_DATASET_NAME")]
    // Model providers
    [InlineData("OpenAIError: The OPENAI_API_KEY environment variable is missing or empty; either provide it, or instantiate the OpenAI client with an apiKey option, like new OpenAI({ apiKey: 'My API Key' }).", "OPENAI_API_KEY")]
    [InlineData("OpenAIError: Missing credentials. Please pass an `apiKey`, or set the `OPENAI_API_KEY` environment variable.", "OPENAI_API_KEY")]
    [InlineData("openai.OpenAIError: The api_key client option must be set either by passing api_key to the client or by setting the OPENAI_API_KEY environment variable", "OPENAI_API_KEY")]
    [InlineData("AI_LoadSettingError: Azure OpenAI resource name setting is missing. Pass it using the 'resourceName' parameter or the AZURE_RESOURCE_NAME environment variable.", "AZURE_RESOURCE_NAME")]
    // Command line tools that want a token
    [InlineData("error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions", "PULUMI_ACCESS_TOKEN")]
    [InlineData("An Expo user account is required to proceed. Either log in with eas login or set the EXPO_TOKEN environment variable if you are using EAS CLI on CI", "EXPO_TOKEN")]
    [InlineData("✘ [ERROR] In a non-interactive environment, it's necessary to set a CLOUDFLARE_API_TOKEN environment variable for wrangler to work.", "CLOUDFLARE_API_TOKEN")]
    // Go
    [InlineData("panic: required key BROKER_ADDR missing value", "BROKER_ADDR")]
    [InlineData("env: environment variable \"BROKER_ADDR\" should not be empty", "BROKER_ADDR")]
    [InlineData("env: required environment variable \"BROKER_ADDR\" is not set; required environment variable \"BROKER_USER\" is not set", "BROKER_ADDR BROKER_USER")]
    [InlineData("2026/05/01 10:00:00 field \"BROKER_ADDR\" is required but the value is not provided", "BROKER_ADDR")]
    [InlineData("2026/05/01 10:00:00 Addr: missing required value: BROKER_ADDR", "BROKER_ADDR")]
    // Python
    [InlineData("django.core.exceptions.ImproperlyConfigured: Set the MAIL_DSN environment variable", "MAIL_DSN")]
    [InlineData("environs.EnvError: Environment variable \"MAIL_DSN\" not set", "MAIL_DSN")]
    [InlineData("decouple.UndefinedValueError: MAIL_DSN not found. Declare it as envvar or define a default value.", "MAIL_DSN")]
    [InlineData("RuntimeError: MAIL_DSN environment variable not set", "MAIL_DSN")]
    // Ruby
    [InlineData("KeyError: key not found: \"REDIS_TLS_URL\"", "REDIS_TLS_URL")]
    [InlineData("config/initializers/redis.rb:1:in `fetch': key not found: \"REDIS_TLS_URL\" (KeyError)", "REDIS_TLS_URL")]
    [InlineData("Missing required configuration keys: [\"REDIS_TLS_URL\", \"S3_KEY_ID\"] (Figaro::MissingKeys)", "REDIS_TLS_URL S3_KEY_ID")]
    [InlineData("Missing encryption key to decrypt file with. Ask your team for your master key and write it to /app/config/master.key or put it in the ENV['RAILS_MASTER_KEY'].", "RAILS_MASTER_KEY")]
    // Rust
    [InlineData("error: environment variable `BUILD_STAMP` not defined at compile time", "BUILD_STAMP")]
    [InlineData("thread 'main' panicked at src/main.rs:9:40: LISTEN_ADDR must be set: NotPresent", "LISTEN_ADDR")]
    [InlineData("error: set `PG_MAIN_URL` to use query macros online, or run `cargo sqlx prepare` to update the query cache", "PG_MAIN_URL")]
    [InlineData("error: `PG_MAIN_URL` must be set, or `cargo sqlx prepare` must have been run and .sqlx must exist, to use query macros", "PG_MAIN_URL")]
    // Elixir, PHP, JVM, .NET
    [InlineData("** (RuntimeError) environment variable SECRET_KEY_BASE is missing.", "SECRET_KEY_BASE")]
    [InlineData("** (System.EnvError) could not fetch environment variable \"POOL_SIZE\" because it is not set", "POOL_SIZE")]
    [InlineData("One or more environment variables failed assertions: APP_KEY is missing, DB_HOST is empty.", "APP_KEY DB_HOST")]
    [InlineData("Environment variable not found: \"MAILER_DSN\".", "MAILER_DSN")]
    [InlineData("Could not resolve placeholder 'ORDERS_DB_URL' in value \"${ORDERS_DB_URL}\"", "ORDERS_DB_URL")]
    [InlineData("Unhandled exception. System.InvalidOperationException: Environment variable 'ORDERS_DB_URL' is not configured.", "ORDERS_DB_URL")]
    // Containers and CI
    [InlineData("WARN[0000] The \"IMAGE_TAG\" variable is not set. Defaulting to a blank string.", "IMAGE_TAG")]
    [InlineData("time=\"2026-05-01T10:00:00Z\" level=warning msg=\"The \\\"IMAGE_TAG\\\" variable is not set. Defaulting to a blank string.\"", "IMAGE_TAG")]
    [InlineData("WARNING: The IMAGE_TAG variable is not set. Defaulting to a blank string.", "IMAGE_TAG")]
    [InlineData("error while interpolating services.web.image: required variable IMAGE_TAG is missing a value: set it", "IMAGE_TAG")]
    [InlineData("  Warning  Failed  3s  kubelet  Error: couldn't find key API_PASSWORD in Secret default/app", "API_PASSWORD")]
    [InlineData("Error: Secret DEPLOY_TOKEN is required, but not provided while calling.", "DEPLOY_TOKEN")]
    [InlineData("Makefile:3: *** DEPLOY_ENV is not set.  Stop.", "DEPLOY_ENV")]
    [InlineData("task: Task \"deploy\" cancelled because it is missing required variables: DEPLOY_ENV", "DEPLOY_ENV")]
    [InlineData("error: Call to function `env_var` failed: environment variable `DEPLOY_ENV` not present", "DEPLOY_ENV")]
    // Package managers
    [InlineData("npm error Failed to replace env in config: ${REGISTRY_TOKEN}", "REGISTRY_TOKEN")]
    [InlineData(" WARN  Issue while reading \"/repo/.npmrc\". Failed to replace env in config: ${REGISTRY_TOKEN}", "REGISTRY_TOKEN")]
    [InlineData("Usage Error: Environment variable not found (REGISTRY_TOKEN) in /repo/.yarnrc.yml (in npmAuthToken)", "REGISTRY_TOKEN")]
    // Validators of one line
    [InlineData("EnvVarError: env-var: \"QUEUE_NAME\" is a required variable, but it was not set", "QUEUE_NAME")]
    [InlineData("Error: env must have required property 'QUEUE_NAME', env must have required property 'QUEUE_SIZE'", "QUEUE_NAME QUEUE_SIZE")]
    [InlineData("Error: Config validation error: \"QUEUE_NAME\" is required. \"QUEUE_SIZE\" is required", "QUEUE_NAME QUEUE_SIZE")]
    [InlineData("ValidationError: QUEUE_NAME is a required field", "QUEUE_NAME")]
    [InlineData("ZodValidationError: Validation error: Required at \"QUEUE_NAME\"; Required at \"QUEUE_SIZE\"", "QUEUE_NAME QUEUE_SIZE")]
    [InlineData("StructError: At path: QUEUE_NAME -- Expected a string, but received: undefined", "QUEUE_NAME")]
    [InlineData("Invariant failed: SESSION_SALT must be set", "SESSION_SALT")]
    [InlineData("(!) %VITE_TRACKER% is not defined in env variables found in /index.html. Is the variable mistyped?", "VITE_TRACKER")]
    // Words of people
    [InlineData("Error: PORT is required", "PORT")]
    [InlineData("Error: Please set MAIL_FROM and MAIL_HOST in your .env file", "MAIL_FROM MAIL_HOST")]
    [InlineData("fatal: MAIL_FROM, MAIL_HOST, and MAIL_PORT must be provided", "MAIL_FROM MAIL_HOST MAIL_PORT")]
    [InlineData("Error: MAIL_FROM has not been configured", "MAIL_FROM")]
    [InlineData("Did you forget to set MAIL_FROM?", "MAIL_FROM")]
    [InlineData("Environment variables MAIL_FROM or MAIL_HOST are undefined.", "MAIL_FROM MAIL_HOST")]
    [InlineData("Cannot start: process.env.MAIL_FROM is undefined", "MAIL_FROM")]
    [InlineData("You need to define the MAIL_FROM env var", "MAIL_FROM")]
    [InlineData("This script requires the MAIL_FROM environment variable.", "MAIL_FROM")]
    [InlineData("Expected environment variable MAIL_FROM to be set", "MAIL_FROM")]
    [InlineData("Could not find MAIL_FROM in the environment variables", "MAIL_FROM")]
    [InlineData("Missing env.MAIL_FROM", "MAIL_FROM")]
    [InlineData("MAIL_FROM: missing", "MAIL_FROM")]
    [InlineData("MAIL_FROM doesn't have a value", "MAIL_FROM")]
    [InlineData("MAIL_FROM isn’t set!", "MAIL_FROM")]
    [InlineData("Missing: MAIL_FROM", "MAIL_FROM")]
    [InlineData("config error: missing MAIL_FROM environment variable", "MAIL_FROM")]
    [InlineData("No value was provided for the environment variable MAIL_FROM", "MAIL_FROM")]
    [InlineData("The required environment variable \"mail_from\" is not set", "mail_from")]
    public void Says_which_name_is_missing(string line, string names) => Assert.Equal(names, Scan.Names(line));
}
