using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using AgentFlow.Adapters.Http;
using Amazon.Runtime.Internal.Auth;

namespace AgentFlow.Adapters.Aws;

/// <summary>Signed calls of one AWS service: the Query protocol (form in, XML out) and plain GET with JSON.</summary>
internal sealed class AwsCalls(HttpClients clients, ServiceEndpoint endpoint, string service, string region)
{
    private const string FormType = "application/x-www-form-urlencoded; charset=utf-8";

    private readonly HttpClient _client = clients.Create(endpoint);

    /// <summary>One Query action; answers its result element.</summary>
    public async Task<XElement> QueryAsync(
        AwsIdentity identity, string version, string action, IReadOnlyDictionary<string, string> parameters, bool repeatable, CancellationToken cancellationToken, Action<HttpResponseHeaders>? note = null)
    {
        StringBuilder form = new($"Action={action}&Version={version}");
        foreach ((string name, string value) in parameters)
        {
            form.Append('&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        byte[] body = Encoding.UTF8.GetBytes(form.ToString());
        using HttpRequestMessage request = new(HttpMethod.Post, endpoint.BaseAddress);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(FormType);
        request.Options.Set(RequestMarks.Repeatable, repeatable);
        Sign(request, identity, body, FormType);
        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        note?.Invoke(response.Headers);
        byte[] answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            using MemoryStream stream = new(answer);
            using XmlReader reader = XmlReader.Create(stream, new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            throw HttpFaults.Malformed(endpoint, action, "something other than XML");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(answer);
        }
    }

    /// <summary>A signed GET.</summary>
    public async Task<byte[]> GetAsync(AwsIdentity identity, string path, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        Sign(request, identity, [], null);
        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    // Signature Version 4 over a fixed set of headers; the SDK derives the key and signs.
    private void Sign(HttpRequestMessage request, AwsIdentity identity, byte[] body, string? contentType)
    {
        DateTime now = clients.Time.GetUtcNow().UtcDateTime;
        string stamp = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        Uri address = new(endpoint.BaseAddress, request.RequestUri!);
        List<KeyValuePair<string, string>> headers = [];
        if (contentType is not null)
        {
            headers.Add(new("content-type", contentType));
        }

        headers.Add(new("host", address.IsDefaultPort ? address.Host : address.Authority));
        headers.Add(new("x-amz-date", stamp));
        if (identity.SessionToken is { } token)
        {
            headers.Add(new("x-amz-security-token", token));
            request.Headers.TryAddWithoutValidation("x-amz-security-token", token);
        }

        string signedHeaders = string.Join(';', headers.Select(header => header.Key));
        StringBuilder canonical = new();
        canonical.Append(request.Method.Method).Append('\n').Append(address.AbsolutePath).Append('\n').Append(address.Query.TrimStart('?')).Append('\n');
        foreach ((string name, string value) in headers)
        {
            canonical.Append(name).Append(':').Append(value).Append('\n');
        }

        canonical.Append('\n').Append(signedHeaders).Append('\n').Append(Convert.ToHexStringLower(SHA256.HashData(body)));
        AWS4SigningResult signed = AWS4Signer.ComputeSignature(identity.AccessKeyId, identity.SecretKey.Reveal(), region, now, service, signedHeaders, canonical.ToString());
        request.Headers.TryAddWithoutValidation("x-amz-date", stamp);
        request.Headers.TryAddWithoutValidation("Authorization", signed.ForAuthorizationHeader);
    }
}
