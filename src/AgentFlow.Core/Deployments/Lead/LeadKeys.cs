using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AgentFlow.Deployments.Lead;

/// <summary>
/// Idempotency keys for synthetic leads. A key is a version 5 UUID of deployment, tenant and the minute in which the run began, so that
/// another process derives the same one and can find what a killed run left. A session also remembers its last key and
/// keeps using it until it is 60 seconds old, so that two runs around the turn of a minute share one as well.
/// </summary>
public sealed class LeadKeys(TimeProvider time)
{
    /// <summary>How long a key is used again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    // Namespace for the name-based UUIDs (RFC 9562, 5.5); its value has no meaning beyond being ours.
    private static readonly Guid s_namespace = new("6f0c1a52-7c39-5d0e-9a41-2b8f5e1d7c60");

    private readonly ConcurrentDictionary<(string Deployment, string Organization), LeadKey> _last = new();

    /// <summary>The key for a run that begins now.</summary>
    public LeadKey Take(string deploymentId, string organizationId)
    {
        DateTimeOffset now = time.GetUtcNow();
        LeadKey? taken = null;
        _last.AddOrUpdate(
            (deploymentId, organizationId),
            _ => taken = Derive(deploymentId, organizationId, now),
            (_, last) => now - last.FirstUsed is { } age && age >= TimeSpan.Zero && age < Lifetime
                ? Keep(taken = last with { Repeated = true })
                : taken = Derive(deploymentId, organizationId, now));
        return taken!;

        static LeadKey Keep(LeadKey key) => key;
    }

    /// <summary>Forgets a key that was never sent, so that the next run is not taken for a repetition.</summary>
    public void Return(string deploymentId, string organizationId, LeadKey key)
    {
        if (!key.Repeated)
        {
            _last.TryRemove(new KeyValuePair<(string, string), LeadKey>((deploymentId, organizationId), key));
        }
    }

    /// <summary>Correlation ids, with their tenant, whose removal failed when there was no stream to say it on; the next run of the session removes them, or says it.</summary>
    internal ConcurrentDictionary<string, string> Leftovers { get; } = new();

    /// <summary>The key of the minute that holds <paramref name="at"/>.</summary>
    public static LeadKey Derive(string deploymentId, string organizationId, DateTimeOffset at)
    {
        long minute = Math.DivRem(at.ToUnixTimeSeconds(), (long)Lifetime.TotalSeconds, out _);
        string name = string.Create(CultureInfo.InvariantCulture, $"{deploymentId}\n{organizationId}\n{minute}");
        Guid id = NameBased(name);
        return new(id.ToString("D"), $"af-verify-{id:N}", at);
    }

    private static Guid NameBased(string name)
    {
        int count = Encoding.UTF8.GetByteCount(name);
        byte[] input = new byte[16 + count];
        s_namespace.TryWriteBytes(input, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, input.AsSpan(16));
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // SHA-1 is what version 5 of RFC 9562 prescribes; nothing here is secret.
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
