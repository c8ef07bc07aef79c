using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>
/// <c>GET /v3/deployments/{idOrUrl}/events</c>: the build log, as an array or line by line, in all three shapes that Vercel is
/// known to send. Nothing is collected: a log of any length is written while it is made.
/// </summary>
internal sealed class BuildLogRoutes(VercelPart vercel, SandboxState sandbox, VercelErrors errors)
{
    private const int DefaultLimit = 100;
    private const int FlushBytes = 32 * 1024;

    private static readonly TimeSpan s_followInterval = TimeSpan.FromMilliseconds(100);

    public void Map(ProviderRoutes routes) => routes.Stream("GET", "/v3/deployments/{idOrUrl}/events", StreamAsync);

    private async Task StreamAsync(Call call)
    {
        VercelDeployment? deployment;
        lock (sandbox.Gate)
        {
            vercel.Advance();
            deployment = vercel.Find(call, call.Path("idOrUrl"));
        }

        if (deployment is null)
        {
            await errors.NotFound("Deployment").SendAsync(call.Http).ConfigureAwait(false);
            return;
        }

        bool follow = call.Query("follow") == "1";
        bool lines = follow || call.Http.Request.Headers.Accept.ToString().Contains("stream+json", StringComparison.OrdinalIgnoreCase);
        call.Http.Response.ContentType = lines ? "application/stream+json" : "application/json; charset=utf-8";
        using EventWriter writer = new(call.Http.Response.BodyWriter, lines);
        IEnumerable<NumberedLine> selected = Select(call, deployment);
        if (follow && call.Query("direction") != "backward")
        {
            await FollowAsync(call, deployment, writer).ConfigureAwait(false);
        }
        else
        {
            writer.Begin();
            foreach (NumberedLine line in selected)
            {
                writer.Write(deployment, line.Number, Time(deployment, line.Number), line.Line);
                if (writer.Pending > FlushBytes)
                {
                    await writer.FlushAsync(call.Http.RequestAborted).ConfigureAwait(false);
                }
            }

            if (Assigned(deployment) is { } hosts && call.Query("direction") != "backward" && call.Query("limit") is null or "-1")
            {
                writer.WriteAssigned(deployment, deployment.ReadyAt!.Value, hosts);
            }

            writer.End();
            await writer.FlushAsync(call.Http.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>Lines appear over the time of the build; the stream ends with the build.</summary>
    private async Task FollowAsync(Call call, VercelDeployment deployment, EventWriter writer)
    {
        CancellationToken gone = call.Http.RequestAborted;
        int sent = 0;
        while (true)
        {
            bool isOver;
            BuildLine[] known;
            lock (sandbox.Gate)
            {
                vercel.Advance();
                isOver = deployment.IsOver;
                known = isOver ? [] : [.. Known(deployment).Skip(sent)];
            }

            foreach (BuildLine line in isOver ? BuildLog.Lines(deployment, sandbox.Canary).Skip(sent) : known)
            {
                writer.Write(deployment, sent, Time(deployment, sent), line);
                sent++;
                if (writer.Pending > FlushBytes)
                {
                    await writer.FlushAsync(gone).ConfigureAwait(false);
                }
            }

            if (isOver)
            {
                if (Assigned(deployment) is { } hosts)
                {
                    writer.WriteAssigned(deployment, deployment.ReadyAt!.Value, hosts);
                }

                await writer.FlushAsync(gone).ConfigureAwait(false);
                return;
            }

            // An event without a creation time keeps the connection alive.
            writer.WriteKeepAlive();
            await writer.FlushAsync(gone).ConfigureAwait(false);
            await Task.Delay(s_followInterval, sandbox.Time, gone).ConfigureAwait(false);
        }
    }

    private IEnumerable<NumberedLine> Select(Call call, VercelDeployment deployment)
    {
        long? since = VercelPage.Number(call, "since");
        long? until = VercelPage.Number(call, "until");
        long limit = VercelPage.Number(call, "limit") ?? DefaultLimit;
        IEnumerable<NumberedLine> lines = Known(deployment).Select((line, number) => new NumberedLine(number, line))
            .Where(line => (since is null || Time(deployment, line.Number) >= since) && (until is null || Time(deployment, line.Number) <= until));
        if (call.Query("direction") == "backward")
        {
            lines = lines.Reverse();
        }

        return limit < 0 ? lines : lines.Take((int)Math.Min(limit, int.MaxValue));
    }

    // While it is being built only the part before the compiler's verdict is there.
    private IEnumerable<BuildLine> Known(VercelDeployment deployment)
    {
        IEnumerable<BuildLine> lines = BuildLog.Lines(deployment, sandbox.Canary);
        return deployment.State switch
        {
            "QUEUED" => [],
            "INITIALIZING" => lines.Take(4),
            "BUILDING" => lines.Take(14),
            "CANCELED" => lines.Take(9),
            _ => lines,
        };
    }

    private string[]? Assigned(VercelDeployment deployment)
    {
        lock (sandbox.Gate)
        {
            string[] hosts = deployment.IsReady ? [.. vercel.State.AliasesOf(deployment).Select(alias => alias.Host)] : [];
            return hosts.Length > 0 ? hosts : null;
        }
    }

    private static long Time(VercelDeployment deployment, int number) => deployment.CreatedAt + 1_500 + number;

    private readonly record struct NumberedLine(int Number, BuildLine Line);
}
