using System.Net;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.App.Pages;

/// <summary>The app's pages as Next.js renders them: own title and heading, shared navigation, and flight data that carries the not-found page's words on every page.</summary>
internal sealed class PageBodies(SandboxState sandbox)
{
    private const string Navigation = """<header><nav><a href="/">AgentFlow</a> <a href="/docs">Docs</a> <a href="/pricing">Pricing</a> <a href="/status">Status</a> <a href="/login">Sign in</a> <a href="/signup">Start free</a></nav></header>""";

    private const string Flight = """<script>self.__next_f.push([1,"0:{\"P\":null,\"b\":\"rehearsal\",\"f\":[[[\"$\",\"title\",null,{\"children\":\"404: This page could not be found.\"}],[\"$\",\"h1\",null,{\"children\":\"404\"}],[\"$\",\"h2\",null,{\"children\":\"This page could not be found.\"}]]]}\n"])</script>""";

    public string Page(string title, string heading, string text, string extra = "") =>
        $"""<!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/><title>{title}</title><link rel="canonical" href="/"/></head><body>{Navigation}<main><h1>{heading}</h1><p>{text}</p>{extra}</main><footer><p>{WebUtility.HtmlEncode(sandbox.Canary.In("© AgentFlow"))}</p></footer><script src="/_next/static/chunks/main.js" async=""></script>{Flight}</body></html>""";

    public string Login(string? next) => Page(
        "Sign in | AgentFlow",
        "Sign in",
        "Welcome back.",
        $"""<form method="post" action="/login"><input type="hidden" name="next" value="{WebUtility.HtmlEncode(SafeReturn(next))}"/><label>Email <input type="email" name="email"/></label><label>Password <input type="password" name="password"/></label><button>Sign in</button></form>""");

    public string NotFound() =>
        $"""<!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/><meta name="robots" content="noindex"/><meta name="next-error" content="not-found"/><title>404: This page could not be found.</title></head><body>{Navigation}<main><h1>404</h1><h2>This page could not be found.</h2></main><footer><p>{WebUtility.HtmlEncode(sandbox.Canary.In("© AgentFlow"))}</p></footer></body></html>""";

    public string ServerError() =>
        $"""<!DOCTYPE html><html id="__next_error__"><head><meta charSet="utf-8"/><title>500: Internal Server Error.</title></head><body><h1>500</h1><h2>Internal Server Error.</h2><p>{WebUtility.HtmlEncode(sandbox.Canary.In("Digest: 2742136593"))}</p></body></html>""";

    public string Protection() =>
        $"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Authentication Required</title><meta http-equiv="refresh" content="1; URL=https://vercel.com/sso-api?url=rehearsal&nonce=0"></head><body><p>{WebUtility.HtmlEncode(sandbox.Canary.In("Authenticating"))}</p></body></html>""";

    public string Challenge() =>
        $"""<!DOCTYPE html><html lang="en"><head><title>Vercel Security Checkpoint</title></head><body><p>We're verifying your browser</p><p>{WebUtility.HtmlEncode(sandbox.Canary.In("Website owner? Click here to fix"))}</p></body></html>""";

    /// <summary>A path of the own site, or the dashboard: what a careful app makes of a return parameter.</summary>
    public static string SafeReturn(string? next)
    {
        string text = next ?? string.Empty;
        bool isPath = text.StartsWith('/') && !text.AsSpan(1).StartsWith("/") && !text.Contains('\\', StringComparison.Ordinal) && !text.Contains('%', StringComparison.Ordinal) && !text.Any(char.IsControl);
        return isPath ? text : "/dashboard";
    }
}
