using System.Text;
using System.Xml.Linq;

namespace AgentFlow.Sandbox.Iam;

/// <summary>AWS's Query protocol answers.</summary>
internal static class XmlAnswer
{
    public static Task SendAsync(HttpContext http, int status, XElement body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body.ToString(SaveOptions.DisableFormatting));
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/xml";
        http.Response.ContentLength = bytes.Length;
        return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }

    /// <summary>The error code that AWS sends with a status.</summary>
    public static string CodeOf(int status) => status switch
    {
        403 => "ExpiredToken",
        429 => "Throttling",
        _ => "ServiceUnavailable",
    };

    public static XElement Result(string action, params object[] content) => new(
        action + "Response", new XElement(action + "Result", content), new XElement("ResponseMetadata", new XElement("RequestId", Guid.NewGuid().ToString())));

    public static XElement Error(string code, string message) => new(
        "ErrorResponse", new XElement("Error", new XElement("Type", "Sender"), new XElement("Code", code), new XElement("Message", message)), new XElement("RequestId", Guid.NewGuid().ToString()));
}
