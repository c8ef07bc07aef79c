namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Which tool speaks, by the words of its own messages.</summary>
internal static class ToolNames
{
    /// <summary>What is said where no tool is known by its words.</summary>
    public const string Unknown = "log";

    private static readonly (string Word, string Tool)[] s_tools =
    [
        ("@t3-oss", "t3-env"), ("t3-env", "t3-env"), ("Invalid environment variables", "t3-env"), ("ZodError", "zod"), ("invalid_type", "zod"), ("received undefined", "zod"), ("\u2192 at ", "zod"), ("ValiError", "valibot"), ("valibot", "valibot"),
        ("ArkE", "arktype"), ("(was missing)", "arktype"), ("TraversalError", "arktype"), ("envalid", "envalid"), ("P1012", "Prisma"), ("Prisma", "Prisma"),
        ("supabase", "Supabase"), ("clerk", "Clerk"), ("next-auth", "NextAuth"), ("[auth]", "Auth.js"), ("AI_Load", "AI SDK"), ("OpenAI", "OpenAI"), ("Anthropic", "Anthropic"), ("Stripe", "Stripe"),
        ("$env/", "SvelteKit"), ("env/static", "SvelteKit"), ("env.schema", "Astro"), ("astro:env", "Astro"), ("references Secret", "Vercel"), ("Vercel", "Vercel"), ("upstash", "Upstash"),
        ("Defaulting to a blank", "docker compose"), ("interpolating", "docker compose"), ("unbound variable", "shell"), ("parameter not set", "shell"), ("parameter null", "shell"), ("ImproperlyConfigured", "Django"), ("decouple", "decouple"),
        ("pydantic", "pydantic"), ("Field required", "pydantic"), ("environs", "environs"), ("env-var:", "env-var"), ("must have required property", "ajv"), ("Config validation error", "Joi"), ("convex", "Convex"),
        ("Sentry", "Sentry"), ("Resend", "Resend"), ("sanity", "Sanity"), ("contentful", "Contentful"), ("wrangler", "Wrangler"), ("terraform", "Terraform"), ("Dotenv\\", "phpdotenv"), ("System.EnvError", "Elixir"),
        ("process context", "Effect"), (".yarnrc", "Yarn"), ("Failed to replace env", "npm"), ("required key ", "envconfig"), ("env: ", "env"), ("key not found:", "Ruby"), ("KeyError", "Python"),
    ];

    /// <summary>The tool that the lines name; the nearest line counts first.</summary>
    public static string Of(IEnumerable<string> nearestFirst)
    {
        foreach (string line in nearestFirst)
        {
            foreach ((string word, string tool) in s_tools)
            {
                if (line.Contains(word, StringComparison.OrdinalIgnoreCase))
                {
                    return tool;
                }
            }
        }

        return Unknown;
    }
}
