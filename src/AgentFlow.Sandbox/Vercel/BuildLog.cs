using System.Globalization;
using AgentFlow.Sandbox.GitHub;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>The build log of a deployment, made line by line while it is read.</summary>
internal static class BuildLog
{
    private static readonly string[] s_routes = ["/", "/api/leads", "/api/version", "/dashboard", "/docs", "/login", "/pricing", "/signup", "/status"];

    public static IEnumerable<BuildLine> Lines(VercelDeployment deployment, Canary canary)
    {
        yield return new("deployment-state", null, "INITIALIZING");
        yield return Out("Running build in Washington, D.C., USA (East) \u2013 iad1");
        yield return Out("Build machine configuration: 4 cores, 8 GB");
        yield return deployment.CommitSha is { } sha
            ? Out($"Cloning github.com/{GitHubState.Owner}/{GitHubState.Name} (Branch: {deployment.Branch}, Commit: {sha[..7]})")
            : Out("Retrieving list of deployment files...");
        yield return Out("Cloning completed: 1.204s");
        yield return Out("Restored build cache from previous deployment");
        yield return Out(canary.In("Running \"vercel build\""));
        yield return new("command", "npm install");
        yield return new("stderr", "npm warn deprecated inflight@1.0.6: This module is not supported, and leaks memory. Do not use it.");
        yield return Out("added 512 packages, and audited 513 packages in 9s");
        yield return new("deployment-state", null, "BUILDING");
        yield return new("command", "npm run build");
        yield return Out("> agentflow@1.0.0 build");
        yield return Out("> next build");
        yield return Out("   \u25b2 Next.js 15.4.2");
        yield return Out("   Creating an optimized production build ...");
        for (int i = 0; i < deployment.ExtraLogLines; i++)
        {
            yield return Out(string.Create(CultureInfo.InvariantCulture, $"   compiled module {i} of {deployment.ExtraLogLines}: app/generated/section-{i % 97}/part-{i}.tsx in {i % 400} ms"));
        }

        if (deployment.State == "ERROR" && deployment.MissingNames.Count > 0)
        {
            foreach (BuildLine line in Missing(deployment.MissingNames, canary))
            {
                yield return line;
            }

            yield break;
        }

        yield return Out(" \u2713 Compiled successfully in 14.2s");
        yield return Out("   Linting and checking validity of types ...");
        if (deployment.State == "ERROR")
        {
            yield return new("stderr", "Failed to compile.");
            yield return new("stderr", canary.In("./app/pricing/page.tsx:12:7 Type error: Property 'plan' does not exist on type 'Offer'."));
            yield return new("stderr", "Error: Command \"npm run build\" exited with 1");
            yield return new("deployment-state", null, "ERROR");
            yield break;
        }

        yield return Out("   Collecting page data ...");
        yield return Out("   Generating static pages (9/9)");
        yield return Out("Route (app)                              Size     First Load JS");
        foreach (string route in s_routes)
        {
            yield return Out($"\u251c \u0192 {route,-38} 142 B    101 kB");
        }

        yield return Out("Build Completed in /vercel/output [42s]");
        yield return Out("Deploying outputs...");
        yield return Out("Deployment completed");
        yield return new("deployment-state", null, "READY");
    }

    // As the env schema of this app prints it; the names come before or after the verdict, never on the same line.
    private static IEnumerable<BuildLine> Missing(IReadOnlyList<string> names, Canary canary)
    {
        yield return new("stderr", "\u001b[31m\u274c Invalid environment variables:\u001b[39m [");
        foreach (string name in names)
        {
            yield return new("stderr", "  {");
            yield return new("stderr", "    expected: \u001b[32m'string'\u001b[39m,");
            yield return new("stderr", "    code: \u001b[32m'invalid_type'\u001b[39m,");
            yield return new("stderr", $"    path: [ \u001b[32m'{name}'\u001b[39m ],");
            yield return new("stderr", "    message: \u001b[32m'Invalid input: expected string, received undefined'\u001b[39m");
            yield return new("stderr", "  },");
        }

        yield return new("stderr", "]");
        yield return new("stderr", "Error: Invalid environment variables");
        yield return new("stderr", canary.In("    at onValidationError (file:///vercel/path0/node_modules/@t3-oss/env-core/dist/index.js:40:15)"));
        yield return new("stderr", "Error: Command \"npm run build\" exited with 1");
        yield return new("exit", null);
        yield return new("deployment-state", null, "ERROR");
    }

    private static BuildLine Out(string text) => new("stdout", text);
}
