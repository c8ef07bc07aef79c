using AgentFlow.Rotation.Kinds;
using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Rotation.Kinds;

public sealed class SesSmtpDerivationTests
{
    // The first is AWS's documented example key through AWS's documented script; the others are hashicorp/terraform-provider-aws's published cases.
    [Theory]
    [InlineData("us-west-2", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "BF2PynzbSCAjX08zhZZnP/kW+T9P5zs/1Er0pi5vTEmd")]
    [InlineData("eu-central-1", "some+secret+key", "BMXhUYlu5Z3gSXVQORxlVa7XPaz91aGWdfHxvkOZdWZ2")]
    [InlineData("eu-central-1", "another+secret+key", "BBbphbrQmrKMx42d1N6+C7VINYEBGI5v9VsZeTxwskfh")]
    [InlineData("us-west-1", "some+secret+key", "BH+jbMzper5WwlwUar9E1ySBqHa9whi0GPo+sJ0mVYJj")]
    [InlineData("us-west-1", "another+secret+key", "BKVmjjMDFk/qqw8EROW99bjCS65PF8WKvK5bSr4Y6EqF")]
    public void A_password_is_derived_as_AWS_documents_it(string region, string secret, string expected)
    {
        using Secret key = Secret.FromChars(secret);
        using Secret derived = SesSmtpDerivation.Derive(key, region);
        Assert.Equal(expected, derived.Reveal());
    }
}
