using System.Text;
using AgentFlow.TestKit;
using AgentFlow.TestKit.Contracts;
using AgentFlow.TestKit.Sandbox;

namespace AgentFlow.Adapters.Tests.Rotation;

/// <summary>A validator that never objects proves nothing.</summary>
public sealed class ContractsCanFailTests
{
    [Theory]
    [InlineData("url=https%3A%2F%2Fapp.test&enabled_events[0]=*&metadata[a]=b&disabled=false", true)]
    [InlineData("url=https%3A%2F%2Fapp.test&enabled_events[0]=*", false)]
    [InlineData("url=https%3A%2F%2Fapp.test", true)]
    [InlineData("url=https%3A%2F%2Fapp.test&enabled_events[0]=no.such.event", true)]
    public async Task Stripes_form_is_held_against_its_schema(string form, bool wrong)
    {
        Assert.SkipWhen(SharedFolder.Path is null, SharedFolder.Reason);
        IReadOnlyList<ContractViolation> violations = await new ContractValidator(OpenApiContract.Stripe())
            .ValidateRequestAsync("POST", "/v1/webhook_endpoints", string.Empty, "application/x-www-form-urlencoded", Encoding.UTF8.GetBytes(form));
        Assert.Equal(wrong, violations.Count > 0);
    }

    [Theory]
    [InlineData("Action=UpdateAccessKey&Version=2010-05-08&UserName=a&AccessKeyId=AKIAIOSFODNN7EXAMPLE&Status=Inactive", false)]
    [InlineData("Action=UpdateAccessKey&Version=2010-05-08&UserName=a&AccessKeyId=AKIAIOSFODNN7EXAMPLE", true)]
    [InlineData("Action=UpdateAccessKey&Version=2010-05-08&UserName=a&AccessKeyId=AKIAIOSFODNN7EXAMPLE&Status=Off", true)]
    [InlineData("Action=UpdateAccessKey&Version=2010-05-08&User=a&AccessKeyId=AKIAIOSFODNN7EXAMPLE&Status=Inactive", true)]
    [InlineData("Action=UpdateAccessKey&Version=2011-01-01&AccessKeyId=AKIAIOSFODNN7EXAMPLE&Status=Inactive", true)]
    [InlineData("Action=RotateAccessKey&Version=2010-05-08", true)]
    public void AWSs_action_is_held_against_its_shapes(string form, bool wrong)
    {
        Assert.SkipWhen(SharedFolder.Path is null, SharedFolder.Reason);
        RecordedExchange exchange = new()
        {
            Number = 1, Provider = "iam", Method = "POST", Port = 1, Path = "/", Query = string.Empty, IsWrite = true, RequestHeaders = new Dictionary<string, string>(), RequestBody = Encoding.UTF8.GetBytes(form),
            Status = 200, ResponseHeaders = new Dictionary<string, string>(), ResponseIsCut = false, Faults = [],
            ResponseBody = "<UpdateAccessKeyResponse><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></UpdateAccessKeyResponse>"u8.ToArray(),
        };
        Assert.Equal(wrong, AwsContract.Load("iam").Validate(exchange).Count > 0);
    }

    [Theory]
    [InlineData("application/stream+json", false)]
    [InlineData("application/json; charset=utf-8", true)]
    public async Task A_log_without_lines_is_a_log_by_lines_but_no_document(string contentType, bool wrong)
    {
        Assert.SkipWhen(SharedFolder.Path is null, SharedFolder.Reason);
        RecordedExchange exchange = new()
        {
            Number = 1, Provider = "vercel", Method = "GET", Port = 1, Path = "/v3/deployments/dpl_1/events", Query = "?follow=0&limit=-1", IsWrite = false, RequestHeaders = new Dictionary<string, string>(), RequestBody = [],
            Status = 200, ResponseHeaders = new Dictionary<string, string>(), ResponseContentType = contentType, ResponseIsCut = false, Faults = [], ResponseBody = [],
        };
        Assert.Equal(wrong, (await new ContractValidator(OpenApiContract.Vercel()).ValidateAsync(exchange)).Count > 0);
    }
}
